using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Tests.Hosting;
using FsCheck.Fluent;
using Npgsql;

namespace CLSM.Directory.Tests;

/// <summary>The territorial reference: loaded whole or not at all, and followed by what councils cover, never by what they state.</summary>
[Parallelizable]
internal sealed class ReferenceTests : DirectoryFixture
{
    private const string MetzMetropole = "200039865";

    private long version;

    [SetUp]
    public async Task RememberAsync() => version = await VersionAsync();

    [TearDown]
    public async Task RestoreAsync()
    {
        if (await VersionAsync() != version)
        {
            await ReferenceLoading.UpdateAsync(Database.Owner, ReferenceFile.Shipped(), ReferenceVintage.Unsaid, CancellationToken.None);
        }
    }

    [Test]
    public async Task The_shipped_reference_is_loaded_and_loading_it_again_changes_nothing()
    {
        var outcome = await ReferenceLoading.UpdateAsync(Database.Owner, ReferenceFile.Shipped(), ReferenceVintage.Unsaid, CancellationToken.None);
        Assert.That((outcome.HasChanged, outcome.Coverage, outcome.Version), Is.EqualTo((false, 0L, version)));
        Assert.That(await CountAsync("published.reference_commune"), Is.EqualTo(39_838));
        Assert.That(await CountAsync("published.reference_commune where type = 'commune'"), Is.EqualTo(34_969));
        Assert.That(await CountAsync("published.reference_epci"), Is.EqualTo(1_255));
    }

    [Test]
    public async Task A_commune_that_changes_its_EPCI_changes_what_is_covered_and_not_what_is_stated()
    {
        var epci = ReferenceText("epci.csv.gz");
        var other = epci.Split('\n').First(line => line.Contains("57037|", StringComparison.Ordinal)).Split(',')[0];
        var before = (await Anonymous.GetAsync("/v1/councils/metz")).With(HttpStatusCode.OK);
        var covered = (await Anonymous.GetAsync("/v1/territories/communes/57017")).With(HttpStatusCode.OK);
        Assert.That(covered.Json["councils"]!.AsArray().Select(council => council.Text("code")), Is.EqualTo(new[] { "metz" }));

        // The first commune of Metz Métropole goes over to a neighbour: the list of EPCI alone says it.
        var moved = epci.Replace($"{MetzMetropole},Metz Métropole,METRO,46,57017|", $"{MetzMetropole},Metz Métropole,METRO,45,", StringComparison.Ordinal)
            .Replace("|57037|", "|57017|57037|", StringComparison.Ordinal);
        var outcome = await ReferenceLoading.UpdateAsync(Database.Owner, [Source("epci.csv", moved)], ReferenceVintage.Unsaid, CancellationToken.None);
        Assert.That((outcome.Written, outcome.Removed, outcome.Coverage), Is.EqualTo((1L, 0L, 1L)));

        var uncovered = (await Anonymous.GetAsync("/v1/territories/communes/57017", ("If-None-Match", covered.ETag))).With(HttpStatusCode.OK).Json;
        Assert.That(uncovered["epci"].Text("siren"), Is.EqualTo(other));
        uncovered["councils"].ShouldBe("[]");
        var after = (await Anonymous.GetAsync("/v1/councils/metz")).With(HttpStatusCode.OK);
        Assert.That((after.Body, after.ETag), Is.EqualTo((before.Body, before.ETag)));
        Assert.That((await Anonymous.GetAsync($"/v1/territories/epci/{MetzMetropole}")).Json["communes"]!.GetValue<int>(), Is.EqualTo(45));
    }

    [Test]
    public async Task A_commune_that_is_merged_stays_known_by_its_former_code()
    {
        var communes = string.Join('\n', ReferenceText("communes.csv.gz").Split('\n').Select(line =>
            line.StartsWith("57017,", StringComparison.Ordinal) ? $"57017,test-0001,ancienne-commune,57463,57,44,{MetzMetropole},,,,,none" : line));
        var epci = ReferenceText("epci.csv.gz").Replace($"{MetzMetropole},Metz Métropole,METRO,46,57017|", $"{MetzMetropole},Metz Métropole,METRO,45,", StringComparison.Ordinal);
        await ReferenceLoading.UpdateAsync(Database.Owner, [Source("communes.csv", communes), Source("epci.csv.gz", epci)], ReferenceVintage.Unsaid, CancellationToken.None);
        var merged = (await Anonymous.GetAsync("/v1/territories/communes/57017")).With(HttpStatusCode.OK).Json;
        Assert.That((merged.Text("type"), merged["current"].Text("code")), Is.EqualTo(("former-commune", "57463")));
        Assert.That(merged["councils"]!.AsArray().Single().Text("code"), Is.EqualTo("metz"));
    }

    [TestCase("communes.csv", "57463,Metz,commune,,57,", "57463,Metz,commune,,979,", "979 is not a département")]
    [TestCase("communes.csv", "57463,Metz,commune,,57,44,", "57463,Metz,commune,,57,84,", "84 is not the region of the département 57")]
    [TestCase("communes.csv", "57463,Metz,commune,,57,44,200039865,", "57463,Metz,commune,,57,44,200039866,", "200039866 is not an EPCI")]
    [TestCase("communes.csv", "\n57463,Metz,", "\n5746,Metz,", "5746 is not a valid code_insee")]
    [TestCase("communes.csv", "\n57463,Metz,commune,", "\n57463,Metz,ville,", "ville is not a type of communes")]
    [TestCase("communes.csv", "\n57463,Metz,commune,,", "\n57463,Metz,commune,57463,", "a commune has no parent_code, everything else has one")]
    [TestCase("communes.csv", "\n57463,Metz,", "\n57463,Metz,Metz,", "13 cells instead of 12")]
    [TestCase("communes.csv", ",122572,", ",beaucoup,", "beaucoup is not a valid population")]
    [TestCase("regions.csv", "\n44,Grand Est,", "\n44,\"Grand Est,", "a quotation mark is not closed")]
    [TestCase("communes.csv", "code_insee,", "insee,", "the column code_insee is missing")]
    [TestCase("epci.csv", "200039865,Metz Métropole", "200039866,Metz Métropole", "200039866 has a wrong check digit")]
    [TestCase("epci.csv", "|57463|", "|57463|99999|", "99999 is not a current commune")]
    [TestCase("regions.csv", "44,Grand Est,ARS Grand Est\n", "44,Grand Est,ARS Grand Est\n44,Grand Est,ARS Grand Est\n", "44 is given twice")]
    [TestCase("departments.csv", "57,Moselle,44", "57,Moselle,45", "45 is not a region")]
    public async Task A_broken_file_is_refused_whole_with_its_line(string file, string from, string to, string reason)
    {
        var before = await FingerprintAsync();
        var text = ReferenceText(file);
        Assert.That(text, Does.Contain(from));
        var broken = text.Replace(from, to, StringComparison.Ordinal);
        var refusal = await Assert.ThrowsAsync<ReferenceRefusedException>(() => ReferenceLoading.UpdateAsync(Database.Owner, [Source(file, broken)], ReferenceVintage.Unsaid, CancellationToken.None));
        var line = 1 + text[..(text.IndexOf(from, StringComparison.Ordinal) + 1)].Count(letter => letter == '\n') + (reason.EndsWith("twice", StringComparison.Ordinal) ? 1 : 0);
        Assert.That(refusal!.Message.Split('\n')[0], Is.EqualTo($"{file}:{line}: {reason}"));
        Assert.That(await FingerprintAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_file_that_is_cut_or_not_UTF_8_or_not_what_it_is_called_is_refused()
    {
        var before = await FingerprintAsync();
        var text = ReferenceText("communes.csv");
        var packed = Packed(text);
        foreach (var source in new[]
        {
            Source("communes.csv", text[..(text.Length / 2)]),
            Source("communes.csv", ""),
            Source("communes.csv", text.Split('\n')[0]),
            new ReferenceSource("communes.csv.gz", () => new MemoryStream(packed[..(packed.Length / 2)])),
            new ReferenceSource("communes.csv.gz", () => new MemoryStream(Encoding.UTF8.GetBytes(text))),
            new ReferenceSource("communes.csv", () => new MemoryStream(Encoding.Latin1.GetBytes(text))),
            new ReferenceSource("communes.csv", () => new MemoryStream(packed)),
            new ReferenceSource("epci.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(text))),
        })
        {
            await Assert.ThrowsAsync<ReferenceRefusedException>(() => ReferenceLoading.UpdateAsync(Database.Owner, [source], ReferenceVintage.Unsaid, CancellationToken.None), source.FileName);
        }

        Assert.That(await FingerprintAsync(), Is.EqualTo(before));
    }

    [Test]
    public async Task What_is_covered_is_a_function_of_the_statements_and_the_reference()
    {
        // Corsica's codes of before 1976 (20xxx) are in the reference but cannot be stated: they are no INSEE codes today.
        var codes = await ListAsync("select code from published.reference_commune where code !~ '^20' order by md5(code) limit 300");
        var epci = await ListAsync("select siren from published.reference_epci order by md5(siren) limit 50");
        var parts = Gen.Elements("commune", "delegated-commune", "associated-commune", "municipal-arrondissement", "epci", "department", "quarter").SelectMany(type =>
            (type switch { "epci" => Gen.Elements(epci), "department" => Gen.Elements("57", "2A", "976", "75"), _ => Gen.Elements(codes) }).Select(code => (Type: type, Code: code)));
        foreach (var territory in parts.ListOf(8).Sample(10))
        {
            var code = $"test-{Guid.NewGuid():N}";
            var council = new JsonObject
            {
                ["code"] = code,
                ["kind"] = "clsm",
                ["name"] = "test-0001",
                ["status"] = "active",
                ["territory"] = new JsonObject { ["parts"] = new JsonArray([.. territory.Append(territory[0]).Select(part => new JsonObject { ["type"] = part.Type, ["code"] = part.Code })]) },
            };
            (await Administrator.PostAsync("/v1/councils", council.ToJsonString())).With(HttpStatusCode.Created);
        }

        var kept = await FingerprintAsync();
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Owner, "select directory.resolve_coverage()"), Is.Zero);
        await TestCluster.ExecuteAsync(TestCluster.AdministratorOf(Database), "truncate directory.coverage");
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Owner, "select directory.resolve_coverage()"), Is.Positive);
        Assert.That(await FingerprintAsync(), Is.EqualTo(kept));
    }

    [Test]
    public async Task A_council_sees_its_own_coverage_alone_and_nobody_writes_it()
    {
        var metz = await TestCluster.ScalarAsync<Guid>(Database.Reader, "select id from published.council where code = 'metz'");
        var owners = await TestCluster.ScalarAsync<long>(
            new NpgsqlConnectionStringBuilder(Database.Service) { Options = $"-c clsm.council={metz}", Pooling = false }.ConnectionString,
            "select count(distinct council_id) from directory.coverage");
        Assert.That(owners, Is.EqualTo(1));
        Assert.That(await TestCluster.ScalarAsync<long>(Database.Service, "select count(*) from directory.coverage"), Is.Zero);
        foreach (var (connection, sql) in new[]
        {
            (Database.Service, "delete from directory.coverage"),
            (Database.Service, "update directory.reference_commune set name = 'x'"),
            (Database.Service, "update directory.reference_state set version = 0"),
            (Database.Service, "select directory.resolve_coverage()"),
            (Database.Reader, "select * from directory.coverage"),
            (Database.Reader, "select * from directory.reference_commune"),
            (Database.Reader, "delete from published.reference_commune"),
        })
        {
            await Assert.ThrowsAsync<PostgresException>(() => TestCluster.ExecuteAsync(connection, sql), sql);
        }
    }

    private static string ReferenceText(string name)
    {
        var source = ReferenceFile.Shipped().Single(shipped => ReferenceFile.Named(shipped.FileName) == ReferenceFile.Named(name));
        using var reader = new StreamReader(source.OpenText());
        return reader.ReadToEnd();
    }

    private static ReferenceSource Source(string name, string text) =>
        new(name, () => new MemoryStream(name.EndsWith(".gz", StringComparison.Ordinal) ? Packed(text) : Encoding.UTF8.GetBytes(text)));

    private static byte[] Packed(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private Task<long> VersionAsync() => TestCluster.ScalarAsync<long>(Database.Reader, "select version from published.reference_state");

    private Task<long> CountAsync(string from) => TestCluster.ScalarAsync<long>(Database.Reader, $"select count(*) from {from}");

    private async Task<string[]> ListAsync(string sql) => await TestCluster.ScalarAsync<string[]>(Database.Reader, $"select array({sql})");

    /// <summary>All that the reference and the coverage hold.</summary>
    private Task<string> FingerprintAsync() => TestCluster.ScalarAsync<string>(
        TestCluster.AdministratorOf(Database),
        """
        select md5((select string_agg(c::text, '|' order by c.code, c.type) from directory.reference_commune c)
            || (select string_agg(e::text, '|' order by e.siren) from directory.reference_epci e)
            || (select string_agg(v::text, '|' order by v.council_id, v.commune_code, v.through_type, v.through_code) from directory.coverage v))
        """);
}
