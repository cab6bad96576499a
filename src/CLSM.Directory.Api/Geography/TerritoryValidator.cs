using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Geography;

/// <summary>A code of the reference that something states, and where.</summary>
internal sealed record StatedCode(TerritoryKind Kind, string Code, string Pointer);

/// <summary>Whether the codes that are stated exist in the reference. Former codes do.</summary>
internal sealed class TerritoryValidator(PublishedDbContext published, PartTypeCatalogue types)
{
    private const int MaxUnknown = 20;

    /// <summary>A council, with its parts where it is a whole document.</summary>
    public Task<IReadOnlyList<ValidationError>> CheckAsync(Council council, CancellationToken cancellationToken) =>
        CheckAsync([.. OfTerritory(council), .. council is CouncilDocument document ? OfParts(document) : []], cancellationToken);

    /// <summary>One part of a council.</summary>
    public Task<IReadOnlyList<ValidationError>> CheckAsync(CouncilPart part, CancellationToken cancellationToken) =>
        CheckAsync([.. OfPart(part, "")], cancellationToken);

    public async Task<IReadOnlyList<ValidationError>> CheckAsync(IReadOnlyList<StatedCode> stated, CancellationToken cancellationToken)
    {
        if (stated.Count == 0)
        {
            return [];
        }

        var kinds = stated.Select(code => code.Kind).Distinct().ToList();
        var known = await published.Database.SqlQueryRaw<string>(
            string.Join(
                "\nunion all\n",
                kinds.Select((kind, index) => $"""select distinct '{kind.Table}:' || c.{kind.Key} as "Value" from {kind.From} c where c.{kind.Key} = any (@p{index})""")),
            [.. kinds.Select((kind, index) => new NpgsqlParameter($"p{index}", stated.Where(code => code.Kind == kind).Select(code => code.Code).Distinct().ToArray()))])
            .ToListAsync(cancellationToken);
        var errors = new List<ValidationError>();
        foreach (var unknown in stated.ExceptBy(known, code => $"{code.Kind.Table}:{code.Code}").Take(MaxUnknown))
        {
            errors.Add((await UnknownAsync(unknown.Kind, unknown.Code, cancellationToken)).At(unknown.Pointer));
        }

        return errors;
    }

    /// <summary>That a code is not in the reference, and which one is the closest: among those that begin alike, where there are any.</summary>
    public async Task<ValidationError> UnknownAsync(TerritoryKind kind, string code, CancellationToken cancellationToken)
    {
        var beginning = code.Length < 2 || code.Contains('\0', StringComparison.Ordinal) ? "" : code[..2].ToUpperInvariant();
        var isCurrent = kind == TerritoryKind.Commune ? "c.type = 'commune' and " : "";
        var sql =
            $"""
            select c.{kind.Key} as "Value" from {kind.From} c where {isCurrent}
                (starts_with(c.{kind.Key}, @p0) or not exists (select from {kind.From} o where starts_with(o.{kind.Key}, @p0)))
            """;
        var codes = await published.Database.SqlQueryRaw<string>(sql, new NpgsqlParameter("p0", beginning)).ToListAsync(cancellationToken);
        return new ValidationError(kind.UnknownCode, [code]) { Value = code, Closest = ClosestMatch.Find(code, codes) };
    }

    /// <summary>That a code is a postcode, with the communes that have it; null where it is no postcode that is in use.</summary>
    public async Task<ValidationError?> FindPostcodeAsync(string code, CancellationToken cancellationToken)
    {
        if (!TextFormat.Of(PatternKind.Postcode).Expression.IsMatch(code))
        {
            return null;
        }

        var communes = await published.Database.SqlQuery<Place>(
            $"""
            select code as "Code", name as "Name" from published.reference_commune
            where postcodes @> array[{code}] and type in ('commune', 'municipal-arrondissement')
            order by population desc nulls last, code limit 10
            """).ToListAsync(cancellationToken);
        return communes is [var first, ..]
            ? new ValidationError("postcode-not-commune", [code, string.Join(", ", communes.Select(commune => $"{commune.Name} {commune.Code}"))]) { Value = code, Closest = first.Code }
            : null;
    }

    private static IEnumerable<StatedCode> OfTerritory(Council council) =>
        from entry in (council.Territory?.Parts ?? []).Select((part, index) => (Part: part, Index: index))
        let kind = entry.Part.Type switch
        {
            "commune" or "municipal-arrondissement" or "associated-commune" or "delegated-commune" => TerritoryKind.Commune,
            "epci" => TerritoryKind.Epci,
            "department" => TerritoryKind.Department,
            _ => null,
        }
        where kind is not null && entry.Part.Code is not null
        select new StatedCode(kind, entry.Part.Code!, $"/territory/parts/{entry.Index}/code");

    private IEnumerable<StatedCode> OfParts(CouncilDocument document) =>
        from type in types.InDocuments
        from entry in type.Of(document).Select((part, index) => (Part: part, Index: index))
        from code in OfPart(entry.Part, $"/{type.Names.Member}/{entry.Index}")
        select code;

    private static IEnumerable<StatedCode> OfPart(CouncilPart part, string pointer) =>
        part.PostalAddress is { CommuneCode: { } commune }
            ? [new StatedCode(TerritoryKind.Commune, commune, $"{pointer}/address/communeCode")]
            : [];
}
