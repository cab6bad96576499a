using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Tenancy;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Changes;

/// <summary>Which part of the change feed is wanted.</summary>
internal sealed record ChangeQuery(IReadOnlyList<string>? Councils, IReadOnlyList<string>? Regions, IReadOnlyList<string>? Types, int Limit)
{
    /// <summary>Whether the sandbox is named: only then is it in the feed.</summary>
    public bool IncludeSandbox { get; init; }

    public const string AfterName = "after";
    public const string TypeName = "type";
    public const string CouncilType = "council";

    public static readonly QueryParameter After = new TextParameter(
        AfterName, 100, "Only what came after this: the `cursor` of an entry, `page.after` or `page.next` of the answer before, or the cursor of an export. From the beginning without it.");

    public static readonly QueryParameter Council = CouncilFilters.Council with { Description = "Only changes of these councils, by code, present or former; also after they were removed." };

    public static readonly QueryParameter Region = new TextParameter(
        "region", 3, "Only changes of councils whose territory touches these regions, by code. A council that leaves them is removed, with everything in it and the reason `moved`; one that enters is created.")
    {
        IsList = true,
        Pattern = "^[0-9A-Z]{2,3}$",
        Rule = code => code.Length is 2 or 3 && code.All(char.IsAsciiLetterOrDigit) ? null : new ValidationError("malformed-territory-code", [code, "region"]) { Value = code },
    };

    public static readonly IntegerParameter Wait = new("wait", 1, 30, null, "Seconds to wait for something that matches, where there is nothing yet; then the page is empty.");

    public static IReadOnlyList<QueryParameter> ParametersFor(PartTypeCatalogue types) =>
    [
        After,
        PageRequest.LimitParameter,
        Council,
        Region,
        new ChoiceParameter(TypeName, [CouncilType, .. types.All.Select(type => type.Names.Type)], null, "Only changes of these kinds of resources.") { IsList = true },
        Wait,
    ];

    public static ChangeQuery From(ParsedQuery query, ReadOptions reads) =>
        new(query.GetValues(Council.Name), query.GetValues(Region.Name), query.GetValues(TypeName), PageRequest.LimitParameter.ReadOrDefault(query)) { IncludeSandbox = reads.IncludeSandbox };

    public static TimeSpan? WaitOf(ParsedQuery query) =>
        Wait.Read(query) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
