namespace CLSM.Directory.Api.StaleResponses;

/// <summary>Adds a notice for the reader to a body that may be out of date. A feature registers one for the bodies that it knows.</summary>
internal interface IStaleBodyDecorator
{
    /// <summary>Returns the body with the notice, or null if it is none of its bodies.</summary>
    byte[]? Decorate(byte[] body, string? mediaType, string? language, DateTimeOffset confirmedAt);
}
