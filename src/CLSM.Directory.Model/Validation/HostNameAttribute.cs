using System.Text.Json;
using System.Text.RegularExpressions;

namespace CLSM.Directory.Model.Validation;

/// <summary>The exact name of a host, in small letters (an international name in its ASCII form), without scheme, port, path or joker.</summary>
public sealed partial class HostNameAttribute : ConstraintAttribute
{
    private const int MaximumLength = 253;

    internal override ValidationError? Check(JsonElement value)
    {
        var text = value.GetString()!;
        return Fits(text) ? null : new ValidationError("malformed-host", [text]) { Value = text, Closest = Mend(text) };
    }

    internal override ConstraintFacets Facets => new() { Pattern = Expression().ToString(), MaxLength = MaximumLength };

    private static bool Fits(string text) => text.Length <= MaximumLength && !text.EndsWith('\n') && Expression().IsMatch(text);

    /// <summary>Whoever gives an address means its host.</summary>
    private static string? Mend(string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : $"https://{text}", UriKind.Absolute, out var address)
        && address.IdnHost.ToLowerInvariant() is var host && Fits(host) ? host : null;

    [GeneratedRegex("^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$")]
    private static partial Regex Expression();
}
