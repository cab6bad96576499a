using CLSM.Directory.Api.Geography;

namespace CLSM.Directory.Importing.Tests;

/// <summary>What people call communes and EPCI, and that nothing is guessed.</summary>
internal sealed class TerritoryNamesTests
{
    private readonly TerritoryNames names = ShippedTerritories.Names;

    [TestCase("Metz", null, "57463")]
    [TestCase("ville de metz", "57", "57463")]
    [TestCase("Saint Etienne", "42", "42218")]
    [TestCase("St-Étienne", "42", "42218")]
    [TestCase("Ste Foy lès Lyon", "69", "69202")]
    [TestCase("L’Haÿ-les-Roses", null, "94038")]
    [TestCase("La Rochelle", "17", "17300")]
    [TestCase("Rochelle", "17", "17300")]
    [TestCase("Lyon 3e arrondissement", null, "69383")]
    [TestCase("Lyon 3ème", "69", "69383")]
    [TestCase("Paris 14e", null, "75114")]
    [TestCase("Paris 1er", null, "75101")]
    [TestCase("14e arrondissement de Paris", null, "75114")]
    [TestCase("Marseille 08", null, "13208")]
    [TestCase("Paris", null, "75056")]
    [TestCase("Amareins", "01", "01003")]
    [TestCase("ŒUILLY", "02", "02565")]
    public void A_commune_is_found(string name, string? department, string code) =>
        Assert.That(names.FindCommunes(name, department).Select(commune => commune.Code), Is.EqualTo(new[] { code }));

    [TestCase("Metzz", null)]
    [TestCase("Metz", "54")]
    [TestCase("", null)]
    [TestCase("de", null)]
    [TestCase("Paris 21e", null)]
    [TestCase("agglomération messine", null)]
    public void Nothing_is_guessed(string name, string? department) => Assert.That(names.FindCommunes(name, department), Is.Empty);

    [Test]
    public void A_name_of_several_communes_is_a_question()
    {
        var saints = names.FindCommunes("Saint-Denis", null);
        Assert.That(saints.Select(commune => commune.Code), Is.SupersetOf(new[] { "93066", "97411" }));
        Assert.That(names.FindCommunes("Saint-Denis", "974").Single().Code, Is.EqualTo("97411"));
    }

    [TestCase("Metz Métropole", null, "200039865")]
    [TestCase("Eurométropole de Metz", "57", "200039865")]
    [TestCase("Métropole de Metz", "57", "200039865")]
    [TestCase("Communauté d'Agglomération du Niortais", "79", "200041317")]
    [TestCase("CA du Niortais", null, "200041317")]
    [TestCase("CALL", "62", "246200364")]
    [TestCase("COBAS (communauté d'agglomération Bassin d'Arcachon Sud)", "33", "243300563")]
    [TestCase("Dijon Métropole", null, "242100410")]
    public void An_EPCI_is_found(string name, string? department, string siren) =>
        Assert.That(names.FindEpci(name, department).Select(epci => epci.Siren), Is.EqualTo(new[] { siren }));

    [TestCase("Grand Nowhere", null)]
    [TestCase("CALL", "57")]
    [TestCase("call", "62")]
    [TestCase("", null)]
    [TestCase("()", null)]
    public void No_EPCI_is_guessed(string name, string? department) => Assert.That(names.FindEpci(name, department), Is.Empty);

    [TestCase("57463", "57463")]
    [TestCase("01003", "01165")]
    [TestCase("01015", "01015")]
    [TestCase("75114", "75114")]
    [TestCase("57999", null)]
    public void A_code_is_resolved(string code, string? current) => Assert.That(names.ResolveCommune(code)?.Code, Is.EqualTo(current));
}
