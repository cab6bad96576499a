using System.Net;
using System.Text.Json.Nodes;
using CLSM.Directory.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;

namespace CLSM.Directory.Tests;

/// <summary>What holds for any valid document.</summary>
internal sealed class DocumentPropertyTests : DirectoryFixture
{
    private static readonly string[] OfTheDirectory = ["id", "council", "version", "createdAt", "updatedAt"];

    [FsCheck.NUnit.Property(MaxTest = 60)]
    public Property A_document_is_read_as_it_was_stored() => Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue)), seed =>
    {
        var code = $"test-{Guid.NewGuid():N}";
        var document = new DocumentGenerator(seed).Document(code);
        var address = $"/v1/councils/{code}/document";
        var stored = Administrator.SendAsync(HttpMethod.Put, address, Client.Json(document.ToJsonString()), ("If-None-Match", "*")).GetAwaiter().GetResult().With(HttpStatusCode.Created);
        var read = Administrator.GetAsync(address).GetAwaiter().GetResult().With(HttpStatusCode.OK);
        Assert.That(read.Body, Is.EqualTo(stored.Body));
        Stated(read.Json).ShouldBe(document.ToJsonString());

        // Sent again, with ids and without, it changes nothing.
        foreach (var again in new[] { read.Body, document.ToJsonString() })
        {
            Assert.That(Administrator.PutAsync(address, again, read.ETag).GetAwaiter().GetResult().With(HttpStatusCode.OK).ETag, Is.EqualTo(read.ETag));
        }
    });

    /// <summary>The document without what the directory adds: ids, versions, instants, and the ids in references.</summary>
    private static JsonNode Stated(JsonNode node)
    {
        switch (node)
        {
            case JsonObject record:
                var isSource = record.ContainsKey("id") && record["id"]!.GetValue<string>().StartsWith("source-", StringComparison.Ordinal);
                foreach (var name in OfTheDirectory.Where(name => record.ContainsKey(name) && !isSource))
                {
                    record.Remove(name);
                }

                foreach (var member in record)
                {
                    _ = member.Value is null ? null : Stated(member.Value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    _ = Stated(item!);
                }

                break;
        }

        return node;
    }
}
