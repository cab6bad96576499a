using CLSM.Directory.Api.Geography;

namespace CLSM.Directory.Api.Features.Statistics;

/// <summary>
/// Counts of the councils that the filters choose, each council once where nothing else is said. Every count is made in the same way whatever the
/// filters, so that the answers for two regions compare.
/// </summary>
public sealed record Statistics
{
    /// <summary>How many councils the filters choose, whatever their status.</summary>
    /// <example>54</example>
    public required int Councils { get; init; }

    /// <summary>The territorial reference by which councils are placed.</summary>
    public required ReferenceVersion Reference { get; init; }

    /// <summary>
    /// By region: a council counts in each region where it covers, today, at least a part of a commune, whatever its status, or where its psychiatric
    /// sector lies. `without`: councils that no official code places anywhere.
    /// </summary>
    public required StatisticsBreakdown Regions { get; init; }

    /// <summary>The same by département.</summary>
    public required StatisticsBreakdown Departments { get; init; }

    /// <summary>By status; codes of the list `council-statuses`.</summary>
    public required StatisticsBreakdown Statuses { get; init; }

    /// <summary>By year of foundation, where a source gives a day, a month, a season, a year or about a year. `without`: no date, or only "before" or "after" one.</summary>
    public required StatisticsBreakdown FoundationYears { get; init; }

    /// <summary>
    /// By the category of the carrying organisation: one with the role `carrier`, or that of the coordination; codes of the list
    /// `participant-categories`. A council that organisations of two categories carry counts in both. `without`: no carrier of a known category.
    /// </summary>
    public required StatisticsBreakdown Carriers { get; init; }

    /// <summary>By theme of the council or of one of its working groups; codes of the list `themes`. `without`: no theme.</summary>
    public required StatisticsBreakdown Themes { get; init; }

    /// <summary>By type of governance body; codes of the list `governance-body-types`. A council with two bodies of a type counts once. `without`: no body.</summary>
    public required StatisticsBreakdown BodyTypes { get; init; }

    /// <summary>How sure the directory is of each thing that a sheet can state. In each row, the counts add up to `councils`.</summary>
    public required IReadOnlyList<EvidenceCounts> Evidence { get; init; }

    /// <summary>How much is known of the councils, by the criteria of `GET /v1/councils/{council}/quality`.</summary>
    public required CompletenessCounts Completeness { get; init; }
}

/// <summary>Councils by one thing.</summary>
public sealed record StatisticsBreakdown
{
    /// <summary>One row for each code that a council has, in order of code.</summary>
    public required IReadOnlyList<StatisticsRow> Items { get; init; }

    /// <summary>Councils that are in none of the rows.</summary>
    /// <example>2</example>
    public required int Without { get; init; }
}

/// <summary>How many councils have a code.</summary>
public sealed record StatisticsRow
{
    /// <summary>The code: of a region, of a status, a year…</summary>
    /// <example>44</example>
    public required string Code { get; init; }

    /// <summary>Name, for territories. The names of other codes are in their lists.</summary>
    /// <example>Grand Est</example>
    public string? Name { get; init; }

    /// <summary>How many councils.</summary>
    /// <example>4</example>
    public required int Councils { get; init; }
}

/// <summary>
/// Councils by the evidence of one member. The closest pointer of the council's `evidence` decides; for parts, such as `contacts`, those that
/// the public sees.
/// </summary>
public sealed record EvidenceCounts
{
    /// <summary>The member: `foundation`, `foundation.date`, `contacts`…</summary>
    /// <example>foundation.date</example>
    public required string Field { get; init; }

    /// <summary>A source says it.</summary>
    /// <example>30</example>
    public required int Stated { get; init; }

    /// <summary>Concluded, with a reason.</summary>
    public required int Inferred { get; init; }

    /// <summary>A source only names it.</summary>
    public required int Mentioned { get; init; }

    /// <summary>A source says that there is none.</summary>
    public required int None { get; init; }

    /// <summary>It is absent, and no source says that there is none.</summary>
    public required int NotStated { get; init; }

    /// <summary>It is there, and nothing says where from.</summary>
    public required int Unsaid { get; init; }
}

/// <summary>Councils by their quality.</summary>
public sealed record CompletenessCounts
{
    /// <summary>How many criteria there are.</summary>
    /// <example>11</example>
    public required int Maximum { get; init; }

    /// <summary>Mean score; absent where there is no council.</summary>
    /// <example>7.2</example>
    public decimal? Mean { get; init; }

    /// <summary>Councils by score, from 0 to `maximum`.</summary>
    public required IReadOnlyList<ScoreCount> Scores { get; init; }

    /// <summary>Councils by criterion that they meet; codes as in the quality of a council.</summary>
    public required IReadOnlyList<StatisticsRow> Criteria { get; init; }
}

/// <summary>How many councils have a score.</summary>
public sealed record ScoreCount
{
    /// <summary>Number of criteria that are met.</summary>
    /// <example>8</example>
    public required int Score { get; init; }

    /// <summary>How many councils.</summary>
    /// <example>12</example>
    public required int Councils { get; init; }
}
