using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Model.Councils;

/// <summary>Which web sites may show the page of a council in a frame. It says nothing of the data, which stay open to all.</summary>
public sealed record EmbeddingRule
{
    /// <summary>The hosts whose pages (https) may frame it, each exactly: `www.grenoble.fr` is not `grenoble.fr`, and neither stands for what is below it.</summary>
    /// <example>["www.grenoble.fr"]</example>
    [HostName, MaxItems(50)]
    public required IReadOnlyList<string> AllowedHosts { get; init; }
}
