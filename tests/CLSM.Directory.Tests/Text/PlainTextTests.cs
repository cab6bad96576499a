using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Model.Text;
using CLSM.Directory.Tests.Hosting;
using FsCheck;
using FsCheck.Fluent;
using Npgsql;

namespace CLSM.Directory.Tests.Text;

/// <summary>One plain form of texts: in the service, in the database, and as the names of the reference have always had it.</summary>
internal sealed class PlainTextTests : DirectoryFixture
{
    private const PlainTextOptions PlaceNames = PlainTextOptions.LatinOnly | PlainTextOptions.SaintAbbreviations;
    private const int CharactersAtOnce = 4096;

    private static readonly PlainTextOptions[] Combinations =
        [.. Enumerable.Range(0, 8).Select(bits => PlainTextOptions.LatinOnly | (PlainTextOptions)bits)];

    // What the rules are about, so that random texts meet them often.
    private static readonly string[] Pieces =
    [
        "œ", "Æ", "ß", "ﬁ", "ø", "é", "e\u0301", "\u0301", "\u00AD", "\u200B", "\u00A0", "\u202F", "’", "-", "‑", ".", "@", "+33", "0", "6 12 34 56 78", "st", "Ste", "S.", "a.", "b",
        "_", " ", "\n", "ｅ", "ʟ", "ж", "Σ", "𝐋", "Ⅳ", "²", "\uFE0F", "😀", "\uD83D\uDE00", "\u2028", "ʼ", "K", "İ", "ŉ", "ǆ", "½", "٣", "\u0345",
    ];

    [TestCase("Lætitia Bœuf", "laetitia boeuf")]
    [TestCase("ﬁnance", "finance")]
    [TestCase("S.A.M.S.A.H.", "s a m s a h")]
    [TestCase("Straße, Øre, Łódź, Đức, Þór", "strasse ore lodz duc thor")]
    [TestCase("L’Haÿ‑les-Roses", "l hay les roses")]
    [TestCase("LAE\u00ADTITIA\u00A0Ｆｉｃｔｉｆ ʟᴀᴇᴛɪᴛɪᴀ", "laetitia fictif laetitia")]
    [TestCase("m² Nº 1ᵉʳ", "m2 no 1er")]
    [TestCase("Ἀθῆναι ΛΌΓΟΣ λόγος Київ", "αθηναι λογοσ λογοσ киів")]
    [TestCase("L\u02BCHaÿ", "l hay")]
    [TestCase("\uD800x\uDC00 \uFFFE", "x")]
    [TestCase("", "")]
    public void A_text_has_one_plain_form(string text, string plain) => Assert.That(PlainText.Fold(text), Is.EqualTo(plain));

    [TestCase(PlainTextOptions.LatinOnly, "жan a€b", "an a b")]
    [TestCase(PlainTextOptions.JoinedAcronyms, "S.A.M.S.A.H. L’A.R.S. 1.5 ex.a", "samsah l ars 1 5 ex a")]
    [TestCase(PlainTextOptions.SaintAbbreviations, "St-Étienne Ste Foy stx", "saint etienne sainte foy stx")]
    [TestCase(PlainTextOptions.WithoutAddresses, "Écrire à a.b@c.fr ou au 03 87 00 00 00, x", "ecrire a ou au x")]
    [TestCase(PlainTextOptions.DistinctWords, "de la de La", "de la")]
    public void An_option_does_what_its_name_says(PlainTextOptions options, string text, string plain) => Assert.That(PlainText.Fold(text, options), Is.EqualTo(plain));

    [Test]
    public void A_word_has_its_place_in_the_text()
    {
        const string Text = "Mme L\u00ADæ\u0301titia-Ⓕictif, 𝐗.";
        var places = PlainText.Places(Text);
        Assert.That(places.Select(word => word.Text), Is.EqualTo(new[] { "mme", "laetitia", "fictif", "x" }));
        Assert.That(places.Select(word => Text[word.Start..word.End]), Is.EqualTo(new[] { "Mme", "L\u00ADæ\u0301titia", "Ⓕictif", "𝐗" }));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property The_places_of_words_are_those_of_the_fold() => Prop.ForAll(Arb.From(Texts()), text =>
        Assert.That(PlainText.Places(text).Select(word => word.Text), Is.EqualTo(PlainText.Words(text))));

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property The_database_folds_any_text_as_the_service_does() => Prop.ForAll(Arb.From(Texts()), text =>
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

    /// <summary>Codes that are proposed for a name: only those of names with a ligature changed, from "l-uilly".</summary>
    [TestCase("Lœuilly", "loeuilly")]
    [TestCase("Crèvecœur-en-Auge", "crevecoeur-en-auge")]
    [TestCase("L'Haÿ-les-Roses", "l-hay-les-roses")]
    [TestCase("Saint-Étienne", "saint-etienne")]
    public void A_name_gives_a_code(string name, string code) => Assert.That(PlainText.Fold(name, PlainTextOptions.LatinOnly).Replace(' ', '-'), Is.EqualTo(code));

    [Test]
    public async Task The_database_folds_the_names_of_the_reference_as_the_service_does()
    {
        var (service, database) = await BothAsync(await NamesAsync());
        Assert.That(database, Is.EqualTo(service));
        Assert.That(
            await TestCluster.ScalarAsync<long>(Database.Owner, "select count(*) from directory.reference_commune where plain_name <> directory.plain_text(name, false, false, true)"),
            Is.Zero);
    }

    private static Gen<string> Texts() =>
        from length in Gen.Choose(0, 24)
        from pieces in Gen.ArrayOf(Gen.OneOf(Gen.Elements(Pieces), Gen.Choose(1, 0x2FFFF).Where(Rune.IsValid).Select(value => new Rune(value).ToString())), length)
        select string.Concat(pieces);

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
