namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>One fingerprint of a person who objected, and of which key.</summary>
internal sealed record ObjectionFingerprint
{
    public required byte[] Fingerprint { get; init; }

    public required byte[] KeyId { get; init; }
}

/// <summary>The statement of a council or of one of its parts, as it is stored.</summary>
internal sealed record StoredStatement
{
    public required string Type { get; init; }

    public required Guid Id { get; init; }

    public required string Statement { get; init; }
}

/// <summary>An entry of the history: what a resource was before a change, and after it.</summary>
internal sealed record StoredHistoryEntry
{
    public required long Number { get; init; }

    public required Guid Id { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }
}
