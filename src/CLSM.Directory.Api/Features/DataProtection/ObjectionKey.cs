using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Api.Web.Problems;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Features.DataProtection;

/// <summary>
/// What turns a value of a person into a fingerprint. The secret is the deployment's and not in the database: names and telephone numbers are few
/// enough to be tried out by whoever has both.
/// </summary>
internal sealed class ObjectionKey
{
    private readonly byte[]? secret;

    public ObjectionKey(IOptions<ObjectionOptions> options)
    {
        secret = options.Value.Secret is { Length: > 0 } text
            ? HKDF.DeriveKey(
                HashAlgorithmName.SHA256,
                Encoding.UTF8.GetBytes(text),
                32,
                info: "clsm objections"u8.ToArray())
            : null;
        Id = secret is null ? [] : HMACSHA256.HashData(secret, "id"u8)[..8];
    }

    /// <summary>Whether there is one.</summary>
    public bool IsSet => secret is not null;

    /// <summary>By which it is told from another.</summary>
    public byte[] Id { get; }

    /// <summary>The fingerprint of a value in one council; in another it is another.</summary>
    public byte[] Fingerprint(Guid council, string value)
    {
        byte[] text = [.. council.ToByteArray(bigEndian: true), .. Encoding.UTF8.GetBytes(value)];
        return HMACSHA256.HashData(secret ?? throw new ObjectionSecretMissingException(), text);
    }
}

/// <summary>Whether somebody objected cannot be told, or not be noted: the key is not there, or another than before.</summary>
internal sealed class ObjectionSecretMissingException() : ApiProblemException(
    new ApiProblem(StatusCodes.Status503ServiceUnavailable, "objections-unreadable") { Headers = [("Retry-After", "60")] },
    "Objections:Secret is not set, or not the one that objections were noted with: nothing is written that might bring a person back");
