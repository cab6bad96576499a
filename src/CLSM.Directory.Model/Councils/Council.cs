using System.Text.Json.Serialization;
using CLSM.Directory.Model.Provenance;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Councils;

/// <summary>
/// A conseil local de santé mentale (CLSM), or a close relative of one (COSM, CISM, student council…). Code de la santé publique, art. L3221-2.
/// What no source states is absent; `evidence` says how sure the rest is.
/// </summary>
public record Council
{
    /// <summary>Id of the council for ever, whatever its code becomes.</summary>
    [ReadOnlyMember, JsonPropertyOrder(-10)]
    public Guid? Id { get; init; }

    /// <summary>Short name used in addresses: small letters, digits and hyphens. When it changes, the former code redirects (301) for ever.</summary>
    /// <example>grenoble</example>
    [Pattern(PatternKind.CouncilCode), JsonPropertyOrder(-9)]
    public required string Code { get; init; }

    /// <summary>Code of the list `council-kinds`: `clsm`, `cosm`, `cism`…</summary>
    /// <example>clsm</example>
    [Code("council-kinds")]
    public required string Kind { get; init; }

    /// <summary>Full name, as the council uses it.</summary>
    /// <example>Conseil Local de Santé Mentale (Ville de Grenoble)</example>
    [Text(300)]
    public required string Name { get; init; }

    /// <summary>Short form of the name.</summary>
    /// <example>CLSM de Grenoble</example>
    [Text(100)]
    public string? ShortName { get; init; }

    /// <summary>The population it is for, where it is a population rather than a place. Code of the list `audiences`.</summary>
    [Code("audiences")]
    public string? Audience { get; init; }

    /// <summary>Other names: acronyms, former names, names in use.</summary>
    [MaxItems(50)]
    public IReadOnlyList<CouncilAlias>? Aliases { get; init; }

    /// <summary>Code of the list `council-statuses`: `project`, `prefiguration`, `active`, `paused`, `closed`, `merged`, `unknown`.</summary>
    /// <example>active</example>
    [Code("council-statuses")]
    public required string Status { get; init; }

    /// <summary>Earlier and present statuses, oldest first.</summary>
    [MaxItems(50)]
    public IReadOnlyList<StatusChange>? StatusHistory { get; init; }

    /// <summary>Codes of the councils that took its place.</summary>
    [Pattern(PatternKind.CouncilCode), MaxItems(20)]
    public IReadOnlyList<string>? Successors { get; init; }

    /// <summary>Codes of the councils whose place it took.</summary>
    [Pattern(PatternKind.CouncilCode), MaxItems(20)]
    public IReadOnlyList<string>? Predecessors { get; init; }

    /// <summary>The territory that it covers. Absent where no source states one and nothing can be inferred.</summary>
    public Territory? Territory { get; init; }

    /// <summary>When, and by whom, it was founded.</summary>
    public Foundation? Foundation { get; init; }

    /// <summary>What it is for.</summary>
    [Text(10_000)]
    public string? Purpose { get; init; }

    /// <summary>Its objectives, in the order of the source.</summary>
    [MaxItems(100)]
    public IReadOnlyList<Objective>? Objectives { get; init; }

    /// <summary>The principles that its members share.</summary>
    [Text(2_000), MaxItems(100)]
    public IReadOnlyList<string>? Principles { get; init; }

    /// <summary>How it works.</summary>
    [Text(2_000), MaxItems(100)]
    public IReadOnlyList<string>? Methods { get; init; }

    /// <summary>Domains of activity. Codes of the list `domains`.</summary>
    [Code("domains"), MaxItems(50)]
    public IReadOnlyList<string>? Domains { get; init; }

    /// <summary>Themes that it works on. Codes of the list `themes`.</summary>
    [Code("themes"), MaxItems(50)]
    public IReadOnlyList<string>? Themes { get; init; }

    /// <summary>Who may take part, and how.</summary>
    public Participation? Participation { get; init; }

    /// <summary>Its means: staff, funders.</summary>
    public Means? Means { get; init; }

    /// <summary>Posts of the council itself, such as its president; the posts of a body are with the body.</summary>
    [MaxItems(50)]
    public IReadOnlyList<Post>? Posts { get; init; }

    /// <summary>Who coordinates it.</summary>
    public Coordination? Coordination { get; init; }

    /// <summary>Frameworks that it is part of, such as a contrat local de santé.</summary>
    [MaxItems(50)]
    public IReadOnlyList<Framework>? Frameworks { get; init; }

    /// <summary>Web site, or its page on another's site.</summary>
    /// <example>https://www.grenoble.fr/2553-le-conseil-local-de-sante-mentale.htm</example>
    [WebAddress]
    public string? Website { get; init; }

    /// <summary>Further links.</summary>
    [MaxItems(50)]
    public IReadOnlyList<Link>? Links { get; init; }

    /// <summary>Where its page may be embedded. Anywhere, where absent.</summary>
    public EmbeddingRule? Embedding { get; init; }

    /// <summary>The sources of everything stated, to which `evidence` refers.</summary>
    [MaxItems(100)]
    public IReadOnlyList<Source>? Sources { get; init; }

    /// <summary>Words of a sheet that have no place of their own here, and its remarks: kept as they are, so that nothing is lost.</summary>
    [MaxItems(1000), JsonPropertyOrder(9)]
    public IReadOnlyList<KeptWords>? KeptAsWords { get; init; }

    /// <summary>
    /// How sure each statement is, by JSON Pointer into this resource. The pointer `""` speaks for all that has no closer entry. A member of a
    /// list is named by its id or key (`/objectives/INCLUSION DANS LA CITÉ`, `/posts/chair`, `/territory/parts/commune:38185`), never by its position.
    /// </summary>
    [MaxItems(1000), JsonPropertyOrder(10)]
    public EvidenceMap? Evidence { get; init; }

    /// <summary>Rises with every change to the council or to anything in it.</summary>
    [ReadOnlyMember, JsonPropertyOrder(100)]
    public int? Version { get; init; }

    /// <summary>When the directory took it in.</summary>
    [ReadOnlyMember, JsonPropertyOrder(101)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it, or anything in it, last changed.</summary>
    [ReadOnlyMember, JsonPropertyOrder(102)]
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The council alone, where this is a document.</summary>
    internal Council WithoutParts() => new(this);

    /// <summary>The same council with each organisation reference replaced.</summary>
    internal Council WithOrganisations(Func<OrganisationReference, OrganisationReference> replace) => this with
    {
        Foundation = Foundation is null ? null : Foundation with { Founders = Foundation.Founders?.Select(replace).ToList() },
        Means = Means is null ? null : Means with
        {
            Funders = Means.Funders?.Select(funder => funder with { Organisation = funder.Organisation is { } o ? replace(o) : null }).ToList(),
        },
        Posts = Posts?.Select(post => post with { HolderOrganisation = post.HolderOrganisation is { } o ? replace(o) : null }).ToList(),
        Coordination = Coordination is null ? null : Coordination with { Organisation = Coordination.Organisation is { } c ? replace(c) : null },
    };

    /// <summary>The ids of its sources, which evidence refers to.</summary>
    public IReadOnlySet<string> GetSourceIds() => (Sources ?? []).Select(source => source.Id).ToHashSet(StringComparer.Ordinal);
}
