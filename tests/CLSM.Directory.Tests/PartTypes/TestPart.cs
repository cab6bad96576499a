using System.Text.Json.Serialization;
using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Web.Files;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;
using FluentValidation;

namespace CLSM.Directory.Tests.PartTypes;

/// <summary>A made-up sixth kind of parts. It has all that a kind can have but a member of the council document.</summary>
public sealed record TestPart : CouncilPart
{
    /// <summary>Name.</summary>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>Colour.</summary>
    [Text(50)]
    public string? Colour { get; init; }

    /// <summary>The organisation that owns it. The database finds references to organisations by this name.</summary>
    public OrganisationReference? Organisation { get; init; }

    internal override string Title => Name;

    internal override string NaturalKey => KeyOf(Name);

    internal override CouncilPart WithOrganisations(Func<OrganisationReference, OrganisationReference> replace) =>
        this with { Organisation = Organisation is { } owner ? replace(owner) : null };
}

internal sealed class TestPartRow : PartRow<TestPart>
{
    public string? Colour { get; private set; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(TestPart))]
internal sealed partial class TestPartJsonContext : JsonSerializerContext
{
    public static TestPartJsonContext Instance { get; } = new(JsonDefaults.CreateOptions());
}

/// <summary>Test parts: <c>/v1/councils/{council}/test-parts</c> and <c>/v1/test-parts</c>.</summary>
internal sealed class TestPartType() : PartType<TestPartRow, TestPart>(
    TestPartJsonContext.Instance.TestPart, new TestPartValidator(), member: null)
{
    public override PartNames Names { get; } = new(
        "test-parts", "test-part", "Test parts", "TestPart", "TestParts", "test part", "test parts")
    {
        Member = "testParts",
        Purpose = "Made up by the tests.",
    };

    public override IReadOnlyList<PartFilter<TestPartRow>> Filters { get; } =
    [
        new(
            new TextParameter("colour", 50, "Only parts of these colours.") { IsList = true },
            values => row => values.Contains(row.Colour!)),
    ];

    public override IReadOnlyList<string> OptionalMembers { get; } = ["colour", "organisation"];

    public override IReadOnlyList<ExportColumn<TestPart>> Columns { get; } =
    [
        ExportColumn<TestPart>.Text("name", "Name.", part => part.Name),
        ExportColumn<TestPart>.Text("colour", "Colour.", part => part.Colour),
    ];

    public override PartExamples Examples { get; } = new(Create: """{"name":"Une partie fictive"}""", Change: """{"colour":"vert"}""");
}

/// <summary>Nothing is transparent.</summary>
internal sealed class TestPartValidator : AbstractValidator<TestPart>
{
    public TestPartValidator() =>
        RuleFor(part => part.Colour).Must(colour => colour != "transparent").Or("unknown-value", _ => ["transparent", "—"]);
}
