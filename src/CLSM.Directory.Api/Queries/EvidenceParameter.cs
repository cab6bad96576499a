using CLSM.Directory.Api.Web.Parameters;

namespace CLSM.Directory.Api.Queries;

/// <summary>The parameter <c>evidence</c> of a council and of its parts.</summary>
internal static class EvidenceParameter
{
    public static readonly QueryParameter Parameter = new ChoiceParameter(
        "evidence", ["true", "false"], "false", "`true`: evidence for every member, also for those that are absent (`not-stated`).");

    /// <summary>Whether the answer contains evidence for every member.</summary>
    public static bool IsGiven(ParsedQuery query) => query.GetValue(Parameter.Name) == "true";
}
