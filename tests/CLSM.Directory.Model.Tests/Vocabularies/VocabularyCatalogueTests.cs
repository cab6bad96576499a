using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Vocabularies;

namespace CLSM.Directory.Model.Tests.Vocabularies;

/// <summary>The code lists that ship are whole.</summary>
internal sealed class VocabularyCatalogueTests
{
    private static IEnumerable<string> Lists => VocabularyCatalogue.All.Vocabularies.Select(list => list.Code);

    [TestCaseSource(nameof(Lists))]
    public void A_list_has_each_code_once_in_two_languages(string list)
    {
        var codes = VocabularyCatalogue.Get(list).Codes;
        Assert.That(codes.Select(code => code.Code), Is.Unique.And.Not.Empty);
        Assert.That(codes.SelectMany(code => new[] { code.Label.Fr, code.Label.En }), Is.All.Not.Empty);
    }

    [TestCaseSource(nameof(Lists))]
    public void A_code_that_was_replaced_names_an_active_one(string list)
    {
        var vocabulary = VocabularyCatalogue.Get(list);
        foreach (var code in vocabulary.Codes)
        {
            Assert.That(code.Status, Is.AnyOf("active", "deprecated", "replaced"), code.Code);
            Assert.That(code.ReplacedBy is not null, Is.EqualTo(code.Status == "replaced"), code.Code);
            Assert.That(code.ReplacedBy is null || vocabulary.ByCode[code.ReplacedBy].Status == "active", Is.True, code.Code);
        }
    }

    [Test]
    public void Every_list_that_a_member_of_the_model_names_exists() =>
        Assert.That(
            typeof(Council).Assembly.GetTypes().SelectMany(type => type.GetProperties())
                .SelectMany(property => property.GetCustomAttributes(typeof(CodeAttribute), inherit: true).Cast<CodeAttribute>())
                .Select(code => code.Vocabulary).Distinct(),
            Is.Not.Empty.And.SubsetOf(Lists));

    [Test]
    public void An_unknown_list_is_not_found() => Assert.That(VocabularyCatalogue.Find("test-0001"), Is.Null);
}
