using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace CLSM.Directory.Api.Idempotency;

/// <summary>
/// A write that its caller may repeat. The database has a hash of it, and its response, encrypted with a key that only the request itself gives:
/// whoever reads the database learns nothing, and whoever repeats the request knows already what the response says.
/// </summary>
internal sealed class IdempotentRequest
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    private readonly byte[] key;

    /// <param name="caller">Id of the caller.</param>
    /// <param name="operation">Name of the operation.</param>
    /// <param name="idempotencyKey">The caller's own name for this request.</param>
    /// <param name="content">Hash of address and body.</param>
    /// <param name="credential">A secret that the caller sends each time, or nothing.</param>
    public IdempotentRequest(string caller, string operation, string idempotencyKey, byte[] content, string credential)
    {
        var name = Encoding.UTF8.GetBytes($"{caller}\n{operation}\n{idempotencyKey}");
        Hash = SHA256.HashData(name);
        var secret = HKDF.Extract(HashAlgorithmName.SHA256, content, name);
        Fingerprint = HKDF.Expand(HashAlgorithmName.SHA256, secret, 16, "fingerprint"u8.ToArray());
        key = HKDF.Expand(HashAlgorithmName.SHA256, secret, 32, [.. "answer"u8, .. Encoding.UTF8.GetBytes(credential)]);
    }

    public byte[] Hash { get; }

    /// <summary>Whether everybody can be its caller: little of it is stored.</summary>
    public bool IsShared { get; init; }

    public byte[] Fingerprint { get; }

    /// <summary>Number of the lock that a request holds while it is under way.</summary>
    public long Lock => BinaryPrimitives.ReadInt64BigEndian(Hash);

    public byte[] Encrypt(byte[] answer)
    {
        var encrypted = new byte[NonceLength + TagLength + answer.Length];
        var nonce = encrypted.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(nonce, answer, encrypted.AsSpan(NonceLength + TagLength), encrypted.AsSpan(NonceLength, TagLength));
        return encrypted;
    }

    /// <summary>Returns the response, or null if the caller has another secret by now.</summary>
    public byte[]? Decrypt(byte[] encrypted)
    {
        var answer = new byte[encrypted.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(key, TagLength);
        try
        {
            cipher.Decrypt(encrypted.AsSpan(0, NonceLength), encrypted.AsSpan(NonceLength + TagLength), encrypted.AsSpan(NonceLength, TagLength), answer);
            return answer;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
