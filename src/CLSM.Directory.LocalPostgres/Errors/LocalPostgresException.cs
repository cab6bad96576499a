namespace CLSM.Directory.LocalPostgres.Errors;

/// <summary>
/// No local PostgreSQL is available. The message is written for the person at the terminal: it says what was tried
/// and what to do. Callers print it without a stack trace.
/// </summary>
public sealed class LocalPostgresException : Exception
{
    /// <summary>Creates an exception with a complete message.</summary>
    /// <param name="message">What was tried and what to do.</param>
    public LocalPostgresException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception with a complete message and its cause.</summary>
    /// <param name="message">What was tried and what to do.</param>
    /// <param name="innerException">The error of the operating system or of the driver.</param>
    public LocalPostgresException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
