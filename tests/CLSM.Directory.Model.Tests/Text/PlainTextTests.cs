using CLSM.Directory.Model.Text;
using CLSM.Directory.TestSupport;
using FsCheck;
using FsCheck.Fluent;

namespace CLSM.Directory.Model.Tests.Text;

/// <summary>What people write in many ways has one plain form.</summary>
internal sealed class PlainTextTests
{
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
    public void An_option_does_what_its_name_says(PlainTextOptions options, string text, string plain) =>
        Assert.That(PlainText.Fold(text, options), Is.EqualTo(plain));

    [Test]
    public void A_word_has_its_place_in_the_text()
    {
        const string Text = "Mme L\u00ADæ\u0301titia-Ⓕictif, 𝐗.";
        var places = PlainText.Places(Text);
        Assert.That(places.Select(word => word.Text), Is.EqualTo(new[] { "mme", "laetitia", "fictif", "x" }));
        Assert.That(places.Select(word => Text[word.Start..word.End]), Is.EqualTo(new[] { "Mme", "L\u00ADæ\u0301titia", "Ⓕictif", "𝐗" }));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property The_places_of_words_are_those_of_the_fold() => Prop.ForAll(Arb.From(TextGenerator.Texts()), text =>
        Assert.That(PlainText.Places(text).Select(word => word.Text), Is.EqualTo(PlainText.Words(text))));

    [TestCase(PlainTextOptions.Search, "St-Étienne, C.H.S. de l’Œuvre, a@b.fr", "saint etienne chs de l oeuvre")]
    [TestCase(PlainTextOptions.SaintAbbreviations | PlainTextOptions.DistinctWords, "Ste-Foy, Sainte-Foy", "sainte foy")]
    [TestCase(PlainTextOptions.LatinOnly | PlainTextOptions.JoinedAcronyms, "L’É.P.S.M. et la ﬁn", "l epsm et la fin")]
    public void Options_work_together(PlainTextOptions options, string text, string plain) =>
        Assert.That(PlainText.Fold(text, options), Is.EqualTo(plain));

    [Test]
    public void Addresses_are_blanked_where_they_stand() =>
        Assert.That(
            PlainText.BlankAddresses("Écrire à a.b@c.fr ou au 03 87 00 00 00."),
            Is.EqualTo($"Écrire à {new string(' ', "a.b@c.fr".Length)} ou au {new string(' ', "03 87 00 00 00".Length)}."));

    /// <summary>Codes that are proposed for a name: only those of names with a ligature changed, from "l-uilly".</summary>
    [TestCase("Lœuilly", "loeuilly")]
    [TestCase("Crèvecœur-en-Auge", "crevecoeur-en-auge")]
    [TestCase("L'Haÿ-les-Roses", "l-hay-les-roses")]
    [TestCase("Saint-Étienne", "saint-etienne")]
    public void A_name_gives_a_code(string name, string code) =>
        Assert.That(PlainText.Fold(name, PlainTextOptions.LatinOnly).Replace(' ', '-'), Is.EqualTo(code));
}
