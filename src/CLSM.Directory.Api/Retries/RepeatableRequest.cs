using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CLSM.Directory.Api.Retries;

/// <summary>
/// A write that its caller may repeat. What is kept of it is a hash, and its answer under a key that only the request itself gives: whoever reads
/// the database learns nothing, and whoever sends the request again knows already what the answer says.
/// </summary>
internal sealed class RepeatableRequest
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] key;

    /// <param name="caller">Who asks.</param>
    /// <param name="operation">Which operation.</param>
    /// <param name="idempotencyKey">The caller's own name for this request.</param>
    /// <param name="asked">Digest of all that is asked: address and body.</param>
    /// <param name="credential">What the caller shows each time and nobody else knows, where there is such a thing.</param>
    public RepeatableRequest(string caller, string operation, string idempotencyKey, byte[] asked, string credential)
    {
        IsOfSandbox = caller == Sandbox.SandboxKey.CallerId;
        var name = Encoding.UTF8.GetBytes($"{caller}\n{operation}\n{idempotencyKey}");
        Hash = SHA256.HashData(name);
        var secret = HKDF.Extract(HashAlgorithmName.SHA256, asked, name);
        Fingerprint = HKDF.Expand(HashAlgorithmName.SHA256, secret, 16, "fingerprint"u8.ToArray());
        key = HKDF.Expand(HashAlgorithmName.SHA256, secret, 32, [.. "answer"u8, .. Encoding.UTF8.GetBytes(credential)]);
    }

    public byte[] Hash { get; }

    /// <summary>Whether everybody can be its caller: little of it is kept.</summary>
    public bool IsOfSandbox { get; }

    public byte[] Fingerprint { get; }

    /// <summary>Number of the lock that a request holds while it is under way.</summary>
    public long Lock => BinaryPrimitives.ReadInt64BigEndian(Hash);

    public byte[] Encrypt(byte[] answer)
    {
        var kept = new byte[NonceLength + TagLength + answer.Length];
        var nonce = kept.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, answer, kept.AsSpan(NonceLength + TagLength), kept.AsSpan(NonceLength, TagLength));
        return kept;
    }

    /// <summary>The answer, or null where the caller has another secret by now.</summary>
    public byte[]? Decrypt(byte[] kept)
    {
        var answer = new byte[kept.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(kept.AsSpan(0, NonceLength), kept.AsSpan(NonceLength + TagLength), kept.AsSpan(NonceLength, TagLength), answer);
            return answer;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
