using System.Runtime.InteropServices;

namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>Three functions of the C library that .NET does not offer.</summary>
internal static partial class Unix
{
    /// <summary>SIGINT: PostgreSQL's fast shutdown: it disconnects all clients and writes all data.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGQUIT: PostgreSQL's immediate shutdown; the next start recovers.</summary>
    public const int Quit = 3;

    /// <summary>SIGKILL: the last resort.</summary>
    public const int Kill = 9;

    /// <summary>The id of the user that runs this process.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Sends a signal. It is no error if the process has ended.</summary>
    public static void Signal(int processId, int signal) => _ = SendSignal(processId, signal);

    /// <summary>Makes another user the owner of a file or directory.</summary>
    public static void ChangeOwner(string path, uint user, uint group)
    {
        if (ChangeOwnerOfLink(path, user, group) != 0)
        {
            throw new IOException($"{path} cannot be given to the user {user}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);

    // lchown does not follow a symbolic link that another user may have put there.
    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwnerOfLink(string path, uint user, uint group);
}
