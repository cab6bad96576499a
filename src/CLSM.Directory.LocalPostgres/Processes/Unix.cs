using System.Runtime.InteropServices;

namespace CLSM.Directory.LocalPostgres.Processes;

/// <summary>The three calls of the C library that .NET does not offer.</summary>
internal static partial class Unix
{
    /// <summary>SIGINT: PostgreSQL's fast shutdown, which disconnects everyone and writes all data.</summary>
    public const int Interrupt = 2;

    /// <summary>SIGQUIT: PostgreSQL's immediate shutdown; the next start recovers.</summary>
    public const int Quit = 3;

    /// <summary>SIGKILL: the last resort.</summary>
    public const int Kill = 9;

    /// <summary>The user this process runs as.</summary>
    [LibraryImport("libc", EntryPoint = "geteuid")]
    public static partial uint EffectiveUser();

    /// <summary>Sends a signal; a process that is gone already is as good as signalled.</summary>
    public static void Signal(int processId, int signal) => _ = SendSignal(processId, signal);

    /// <summary>Gives a file or directory to another user.</summary>
    public static void Give(string path, uint user, uint group)
    {
        if (ChangeOwner(path, user, group) != 0)
        {
            throw new IOException($"{path} cannot be given to user {user}: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int processId, int signal);

    // lchown: a link that somebody put in the place is never followed.
    [LibraryImport("libc", EntryPoint = "lchown", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int ChangeOwner(string path, uint user, uint group);
}
