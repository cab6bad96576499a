using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Tests.Hosting;
using CLSM.Directory.TestSupport;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;

namespace CLSM.Directory.Tests.Text;

/// <summary>The plain form of texts is the same in the database, and for the names of the reference what it has always been.</summary>
internal sealed class DatabasePlainTextTests : DirectoryFixture
{
    private const PlainTextOptions PlaceNames = PlainTextOptions.LatinOnly | PlainTextOptions.SaintAbbreviations;
    private const int CharactersAtOnce = 4096;

    private static readonly PlainTextOptions[] Combinations =
        [.. Enumerable.Range(0, 8).Select(bits => PlainTextOptions.LatinOnly | (PlainTextOptions)bits)];

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property The_database_folds_any_text_as_the_service_does() => Prop.ForAll(Arb.From(TextGenerator.Texts()), text =>
    {
        var (service, database) = BothAsync([text]).GetAwaiter().GetResult();
        Assert.That(database, Is.EqualTo(service), string.Join(' ', text.Select(letter => $"{(int)letter:X4}")));
    });

    [Test]
    public async Task The_database_folds_every_character_as_the_service_does()
    {
        // The planes that have letters, and tags. PostgreSQL 15 knows Unicode 14; the outlined letters came with Unicode 16.
        var characters = Enumerable.Range(1, 0x1FFFF).Concat(Enumerable.Range(0xE0000, 0x1000))
            .Where(value => value is not (>= 0xD800 and <= 0xDFFF) and not (>= 0x1CC00 and <= 0x1CEFF))
            .Select(value => $"a{new Rune(value)}B.{new Rune(value)} ");
        foreach (var text in characters.Chunk(CharactersAtOnce).Select(chunk => string.Concat(chunk)))
        {
            var (service, database) = await BothAsync([text]);
            if (!service.SequenceEqual(database))
            {
                var different = text.EnumerateRunes().Where(rune => !rune.IsAscii).Distinct().Select(rune => $"a{rune}B.{rune} ").ToList();
                var (each, stored) = await BothAsync(different);
                Assert.That(stored, Is.EqualTo(each));
            }
        }
    }

    /// <summary>The digests are those of the former normalisers: no name of the reference changed its key when they became one.</summary>
    [TestCase(PlainTextOptions.None, "3e9c4d46c069c94d69cfd6771a0dfde1f94d7542191e0f65a67a4f15c4aa2b6b")]
    [TestCase(PlainTextOptions.LatinOnly, "3e9c4d46c069c94d69cfd6771a0dfde1f94d7542191e0f65a67a4f15c4aa2b6b")]
    [TestCase(PlaceNames, "f3e7b059cddafcf0cbf13bb6794421111659ed6235c121fe314be581e51827af")]
    [TestCase(PlainTextOptions.Search, "f3e7b059cddafcf0cbf13bb6794421111659ed6235c121fe314be581e51827af")]
    public async Task The_names_of_the_reference_keep_their_keys(PlainTextOptions options, string digest)
    {
        var keys = string.Join('\n', (await NamesAsync()).Select(name => PlainText.Fold(name, options)));
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(keys))), Is.EqualTo(digest));
    }

    [Test]
    public async Task The_database_folds_the_names_of_the_reference_as_the_service_does()
    {
        var (service, database) = await BothAsync(await NamesAsync());
        Assert.That(database, Is.EqualTo(service));
        Assert.That(
            await TestCluster.ScalarAsync<long>(Database.Owner, "select count(*) from directory.reference_commune where plain_name <> directory.plain_text(name, false, false, true)"),
            Is.Zero);
    }

    /// <summary>The plain forms of texts under all combinations of the options that the database has.</summary>
    private async Task<(List<string> Service, List<string> Database)> BothAsync(IReadOnlyCollection<string> texts)
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select directory.plain_text(t.text, (bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0)
            from unnest(@texts) with ordinality t (text, place), generate_series(0, 7) bits order by t.place, bits
            """,
            connection);
        command.Parameters.AddWithValue("texts", texts.ToArray());
        var database = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            database.Add(reader.GetString(0));
        }

        return ([.. texts.SelectMany(text => Combinations.Select(options => PlainText.Fold(text, options)))], database);
    }

    private async Task<IReadOnlyList<string>> NamesAsync()
    {
        await using var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(
            """
            select name from directory.reference_commune union all select name from directory.reference_epci
            union all select name from directory.reference_department union all select name from directory.reference_region
            """,
            connection);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            names.Add(reader.GetString(0));
        }

        return [.. names];
    }
}
