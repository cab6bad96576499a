using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Search;

/// <summary>What a search found: a page of hits, best first, with how the words were understood and what all hits have in common.</summary>
public sealed record SearchAnswer
{
    /// <summary>The hits of this page, best first.</summary>
    public required IReadOnlyList<SearchHit> Items { get; init; }

    /// <summary>Where this page stands. `total` is exact.</summary>
    public required PageInformation Page { get; init; }

    /// <summary>How the words were understood.</summary>
    public required SearchInterpretation Interpretation { get; init; }

    /// <summary>All hits, counted, not only those of this page. A hit counts with what its council has.</summary>
    public required SearchFacets Facets { get; init; }
}

/// <summary>Something that was found: a council, or a part of one.</summary>
public sealed record SearchHit
{
    /// <summary>What it is: `council`, `governance-body`, `working-group`, `organisation`, `contact` or `event`.</summary>
    /// <example>governance-body</example>
    public required string Type { get; init; }

    /// <summary>The council that it is, or is a part of.</summary>
    public required SearchHitCouncil Council { get; init; }

    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name; of a contact, the label.</summary>
    /// <example>Comité de pilotage</example>
    public required string Name { get; init; }

    /// <summary>Its address.</summary>
    /// <example>/v1/councils/grenoble/governance-bodies/01a200f2-4efd-740c-9e9d-9ccdfea1c1cb</example>
    public required string Href { get; init; }

    /// <summary>How well it answers: greater is better. Comparable within one answer only.</summary>
    /// <example>1834</example>
    public required int Score { get; init; }

    /// <summary>Where the words occur, closest to the name first; absent where only a code was found.</summary>
    [MaxItems(3)]
    public IReadOnlyList<SearchHighlight>? Highlights { get; init; }
}

/// <summary>The council of a hit.</summary>
public sealed record SearchHitCouncil
{
    /// <summary>Code of the council.</summary>
    /// <example>grenoble</example>
    public required string Code { get; init; }

    /// <summary>Name of the council.</summary>
    /// <example>Conseil Local de Santé Mentale (Ville de Grenoble)</example>
    public required string Name { get; init; }
}

/// <summary>A text in which words were found, cut around them, in pieces. Joined, the pieces are the text; nothing in them is markup.</summary>
public sealed record SearchHighlight
{
    /// <summary>The member of the resource that holds the text; `covers` for a commune that the council covers.</summary>
    /// <example>name</example>
    public required string Member { get; init; }

    /// <summary>The pieces, in order.</summary>
    public required IReadOnlyList<SearchFragment> Fragments { get; init; }
}

/// <summary>A piece of text.</summary>
public sealed record SearchFragment
{
    /// <summary>The text as it is stored, unescaped: escape it before you place it in HTML.</summary>
    /// <example>Comité de pilotage</example>
    public required string Text { get; init; }

    /// <summary>Whether it is what was sought.</summary>
    public required bool Found { get; init; }
}

/// <summary>How the words of a search were understood.</summary>
public sealed record SearchInterpretation
{
    /// <summary>`all`: each hit has all of the words. `any`: nothing has all of them, so that those with most come first. `none`: there is no word to seek.</summary>
    /// <example>all</example>
    public required string Matched { get; init; }

    /// <summary>Words that nobody wrote, and what was sought in their place.</summary>
    public IReadOnlyList<SearchCorrection>? Corrections { get; init; }
}

/// <summary>A word that was taken for a typing error.</summary>
public sealed record SearchCorrection
{
    /// <summary>The word that was given, in plain letters.</summary>
    /// <example>grenobel</example>
    public required string Word { get; init; }

    /// <summary>What was sought in its place, the closest first.</summary>
    public required IReadOnlyList<string> Sought { get; init; }
}

/// <summary>All hits, counted by what they and their councils have; the most frequent first.</summary>
public sealed record SearchFacets
{
    /// <summary>By what they are.</summary>
    public required IReadOnlyList<SearchFacet> Types { get; init; }

    /// <summary>By region in which their council covers something: a hit counts in each of them.</summary>
    public required IReadOnlyList<SearchFacet> Regions { get; init; }

    /// <summary>By theme of their council: a hit counts in each of them.</summary>
    public required IReadOnlyList<SearchFacet> Themes { get; init; }

    /// <summary>By status of their council.</summary>
    public required IReadOnlyList<SearchFacet> Statuses { get; init; }
}

/// <summary>A value that hits have, and how many.</summary>
public sealed record SearchFacet
{
    /// <summary>The value, as the filter of the same name takes it.</summary>
    /// <example>84</example>
    public required string Code { get; init; }

    /// <summary>What people read, in French; absent for types.</summary>
    /// <example>Auvergne-Rhône-Alpes</example>
    public string? Label { get; init; }

    /// <summary>How many hits have it.</summary>
    /// <example>12</example>
    public required int Count { get; init; }
}
