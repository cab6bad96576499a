using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Councils;

namespace CLSM.Directory.Api.Features.Councils;

/// <summary><c>expand=</c>: the lists of its parts that a council is read with.</summary>
internal static class ExpandParameter
{
    public static readonly QueryParameter Parameter = new ChoiceParameter(
        "expand",
        CouncilDocument.PartMembers,
        null,
        "These lists of its parts in each council, as in its document; besides what `fields` names.")
    {
        IsList = true,
    };

    /// <summary>The members that are asked for.</summary>
    public static IReadOnlyList<string> Of(ParsedQuery query) => [.. (query.GetValues(Parameter.Name) ?? []).Distinct(StringComparer.Ordinal)];
}
