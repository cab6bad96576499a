using CLSM.Directory.Api.Queries;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary>Whether the successors and predecessors that a council states exist, or existed, and whether following them ever ends.</summary>
internal sealed class SuccessionValidator(SuccessionQueries succession, FilterResolver filters)
{
    /// <param name="council">The council as it would be.</param>
    /// <param name="id">Its id, where it is there already: what it states now is about to be replaced.</param>
    /// <param name="alongside">Codes of councils that are written together with this one: two of them may name each other.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<ValidationError>> CheckAsync(
        Council council, Guid? id, IReadOnlySet<string> alongside, CancellationToken cancellationToken)
    {
        (string Code, string Pointer)[] stated =
        [
            .. (council.Successors ?? []).Select((code, place) => (code, $"/successors/{place}")),
            .. (council.Predecessors ?? []).Select((code, place) => (code, $"/predecessors/{place}")),
        ];
        if (stated.Length == 0)
        {
            return [];
        }

        var codes = stated.Select(entry => entry.Code).Distinct().ToArray();
        var known = await succession.FindKnownAsync(codes, cancellationToken);
        List<ValidationError> errors = [];
        foreach (var (code, pointer) in stated.Where(entry => !known.Contains(entry.Code) && !alongside.Contains(entry.Code)))
        {
            errors.Add((await filters.UnknownCouncilAsync(code, cancellationToken)).At(pointer));
        }

        return errors.Count > 0 ? errors
            : [.. (await succession.FindLoopsAsync(council, id, cancellationToken)).Select(code => new ValidationError("succession-loop", [code])
            {
                Pointer = stated.First(entry => entry.Code == code).Pointer,
                Value = code,
            })];
    }
}
