using System.Text.Json;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Api.Database;

/// <summary>
/// A rule that everything written to a council must pass, such as that it names nobody who objected. A feature registers it; whoever writes calls
/// <see cref="CouncilTransaction.CheckRulesAsync"/>.
/// </summary>
internal interface ICouncilWriteRule
{
    /// <summary>Returns where the content breaks the rule.</summary>
    Task<IReadOnlyList<ValidationError>> CheckAsync(Guid council, JsonElement content, CancellationToken cancellationToken);
}
