namespace CLSM.Directory.LocalPostgres;

/// <summary>
/// No local PostgreSQL could be had. The message is written for the person at the terminal: it says what was tried
/// and what to do, so a caller prints it as it is, without a stack trace.
/// </summary>
public sealed class LocalPostgresException : Exception
{
    /// <summary>Makes one with a complete message.</summary>
    /// <param name="message">What was tried and what to do.</param>
    public LocalPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>Makes one with a complete message and what lies behind it.</summary>
    /// <param name="message">What was tried and what to do.</param>
    /// <param name="innerException">What the operating system or the driver said.</param>
    public LocalPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
