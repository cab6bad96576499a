using System.Text.Json.Serialization;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.Web.Paging;

namespace CLSM.Directory.Api.Features.Coverage;

/// <summary>
/// Who has a council and who has none, today. A commune is counted once, by what holds first: `covered` (a council covers all of it),
/// `partlyCovered` (a council covers some of it), `prefiguration` (councils that are a project or in prefiguration cover all or some of it),
/// `uncovered`. A council covers by the statuses `active`, `paused` and `unknown`; one that has closed or merged covers nothing.
/// </summary>
public sealed record CoverageReport
{
    /// <summary>What a row stands for: `region`, `department` or `epci`.</summary>
    /// <example>department</example>
    public required string By { get; init; }

    /// <summary>The territorial reference by which it is counted.</summary>
    public required ReferenceVersion Reference { get; init; }

    /// <summary>All that the filters choose together: no commune and no council twice, and the communes that are in no EPCI with them.</summary>
    public required CoverageFigures Total { get; init; }

    /// <summary>
    /// Councils of the whole directory that are neither closed nor merged and cover no commune here: their territory is a psychiatric sector, a quarter
    /// or a label alone, is not stated, or is not in force today. They are in none of the rows.
    /// </summary>
    /// <example>3</example>
    public required int UnresolvedCouncils { get; init; }

    /// <summary>One row a territory, in order of code.</summary>
    public required IReadOnlyList<CoverageRow> Items { get; init; }

    /// <summary>Where this page stands.</summary>
    [JsonPropertyName("page")]
    public required PageInformation Information { get; init; }
}

/// <summary>Coverage of one territory, or of all together.</summary>
public record CoverageFigures
{
    /// <summary>How many communes, by coverage. The last four add up to the first.</summary>
    public required CoverageCount Communes { get; init; }

    /// <summary>
    /// How many inhabitants, by the coverage of their commune, or of their municipal arrondissement. Of a commune that is covered in part nobody knows
    /// how many of its inhabitants are: all of them are in `partlyCovered`.
    /// </summary>
    public required CoverageCount Population { get; init; }

    /// <summary>Councils (`active`, `paused`, `unknown`) that cover at least a part of a commune there. One that covers communes of two territories counts in both.</summary>
    /// <example>1</example>
    public required int Councils { get; init; }

    /// <summary>The same of the councils that are a project or in prefiguration.</summary>
    /// <example>0</example>
    public required int CouncilsInPrefiguration { get; init; }
}

/// <summary>Coverage of one region, département or EPCI. Only the communes that the filters choose are counted.</summary>
public sealed record CoverageRow : CoverageFigures
{
    /// <summary>Official code: of a region, of a département, SIREN of an EPCI.</summary>
    /// <example>57</example>
    [JsonPropertyOrder(-2)]
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    /// <example>Moselle</example>
    [JsonPropertyOrder(-1)]
    public required string Name { get; init; }
}

/// <summary>How many, by coverage.</summary>
public sealed record CoverageCount
{
    /// <summary>All.</summary>
    /// <example>725</example>
    public required int Total { get; init; }

    /// <summary>Covered whole, by at least one council, or each municipal arrondissement by one.</summary>
    /// <example>46</example>
    public required int Covered { get; init; }

    /// <summary>Covered in part only.</summary>
    /// <example>0</example>
    public required int PartlyCovered { get; init; }

    /// <summary>Covered, wholly or in part, only by councils that are a project or in prefiguration.</summary>
    /// <example>0</example>
    public required int Prefiguration { get; init; }

    /// <summary>Covered by none.</summary>
    /// <example>679</example>
    public required int Uncovered { get; init; }
}

/// <summary>A current commune and whether councils cover it.</summary>
public sealed record CommuneCoverage
{
    /// <summary>INSEE code.</summary>
    /// <example>57672</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    /// <example>Thionville</example>
    public required string Name { get; init; }

    /// <summary>`covered`, `partly-covered`, `prefiguration` or `uncovered`, as in the coverage by region.</summary>
    /// <example>uncovered</example>
    public required string State { get; init; }

    /// <summary>Its département.</summary>
    public required Place Department { get; init; }

    /// <summary>Its region.</summary>
    public required Place Region { get; init; }

    /// <summary>The EPCI that it is in. A few islands are in none.</summary>
    public EpciName? Epci { get; init; }

    /// <summary>Inhabitants. Not known for a few communes overseas.</summary>
    /// <example>42778</example>
    public int? Population { get; init; }
}
