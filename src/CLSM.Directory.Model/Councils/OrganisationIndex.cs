using System.Text.Json;
using CLSM.Directory.Model.Json;
using CLSM.Directory.Model.Validation;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Councils;

/// <summary>The organisations of one council, by id and by what a person writes: the name, or an acronym that only one of them has.</summary>
internal sealed class OrganisationIndex
{
    private readonly Dictionary<Guid, string> names = [];

    private readonly Dictionary<string, OrganisationReference> byWord = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="organisations">Id, where there is one yet, name and acronym of each.</param>
    public OrganisationIndex(IEnumerable<(Guid? Id, string Name, string? Acronym)> organisations)
    {
        var all = organisations.ToList();
        foreach (var (id, name, _) in all)
        {
            byWord[name] = new OrganisationReference { Id = id, Name = name };
            if (id is { } known)
            {
                names[known] = name;
            }
        }

        foreach (var single in all.Where(one => one.Acronym is not null).GroupBy(one => one.Acronym!, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() == 1))
        {
            byWord.TryAdd(single.Key, new OrganisationReference { Id = single.First().Id, Name = single.First().Name });
        }
    }

    /// <summary>The reference with both members; null when there is no such organisation.</summary>
    public OrganisationReference? Find(OrganisationReference reference) =>
        reference.Id is { } id
            ? names.TryGetValue(id, out var name) ? new OrganisationReference { Id = id, Name = name } : null
            : byWord.GetValueOrDefault(reference.Name!);

    /// <summary>References, at these places of a body, that lead nowhere.</summary>
    public IEnumerable<ValidationError> Check(JsonElement body, IEnumerable<string> pointers)
    {
        foreach (var pointer in pointers)
        {
            var reference = JsonSerializer.Deserialize(JsonPointer.Follow(body, pointer), ModelJsonContext.Instance.OrganisationReference)!;
            if (Find(reference) is null)
            {
                yield return reference.Id is { } id
                    ? new ValidationError("unknown-organisation", [id]) { Pointer = pointer + "/id", Value = id.ToString(), Closest = reference.Name is { } name && byWord.TryGetValue(name, out var named) ? named.Id?.ToString() : null }
                    : new ValidationError("unknown-organisation", [reference.Name!]) { Pointer = pointer + "/name", Value = reference.Name, Closest = ClosestMatch.Find(reference.Name!, byWord.Keys) };
            }
        }
    }
}
