using System.Text.Json.Nodes;

namespace CLSM.Directory.Api.Features.ApiKeys;

/// <summary>Keys for the contract: one is made, gets a new secret, and is revoked.</summary>
internal static class ApiKeyExamples
{
    public const string Id = "019ab2f4-5c00-7a3e-9b1d-2f6f0c8e4d57";

    private const string Made = $$"""{"id":"{{Id}}","name":"ARS Grand Est","scopes":["read:restricted:44"],"createdAt":"2026-11-22T08:00:00Z"}""";

    // No key: a secret has a checksum.
    private static readonly string Secret = "clsm_" + new string('0', 49);

    public static bool IsAbout(string operationId) => operationId.EndsWith("Key", StringComparison.Ordinal) || operationId == "listKeys";

    public static JsonNode Request() => JsonNode.Parse($$"""{"id":"{{Id}}","name":"ARS Grand Est","scopes":["read:restricted:44"]}""")!;

    public static JsonNode Response(string operationId)
    {
        var key = JsonNode.Parse(Made)!;
        if (operationId == "listKeys")
        {
            return new JsonObject { ["items"] = new JsonArray(key), ["page"] = new JsonObject { ["size"] = 50, ["next"] = null, ["total"] = 1 } };
        }

        if (operationId == "rotateKey")
        {
            key["rotatedAt"] = "2026-11-22T09:00:00Z";
            key["previousSecretUntil"] = "2026-11-29T09:00:00Z";
        }

        key["secret"] = Secret;
        return key;
    }
}
