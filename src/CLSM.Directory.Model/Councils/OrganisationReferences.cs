using CLSM.Directory.Model.Parts;
using CLSM.Directory.Model.Values;

namespace CLSM.Directory.Model.Councils;

/// <summary>
/// Gives the references of a resource the id and the present name of their organisation. Where the name changes by it (an acronym, a former
/// name), the evidence that names a member of a list by its organisation follows.
/// </summary>
internal sealed class OrganisationReferences(Func<OrganisationReference, OrganisationReference> complete)
{
    private readonly Dictionary<string, string> names = new(StringComparer.Ordinal);

    public static CouncilPart Of(CouncilPart part, Func<OrganisationReference, OrganisationReference> complete)
    {
        var completion = new OrganisationReferences(complete);
        var completed = part.WithOrganisations(completion.Complete);
        return completion.names.Count == 0 ? completed : completed with { Evidence = completed.Evidence?.Renamed(completion.names) };
    }

    public static Council Of(Council council, Func<OrganisationReference, OrganisationReference> complete)
    {
        var completion = new OrganisationReferences(complete);
        var completed = council.WithOrganisations(completion.Complete);
        return completion.names.Count == 0 ? completed : completed with { Evidence = completed.Evidence?.Renamed(completion.names) };
    }

    private OrganisationReference Complete(OrganisationReference reference)
    {
        var completed = complete(reference);
        if (reference.Name is { } former && completed.Name is { } present && former != present)
        {
            names[former] = present;
        }

        return completed;
    }
}
