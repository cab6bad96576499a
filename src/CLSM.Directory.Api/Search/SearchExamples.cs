namespace CLSM.Directory.Api.Search;

/// <summary>A search for the contract.</summary>
internal static class SearchExamples
{
    public const string Operation = "search";

    public const string Summary = "?q=comité de pilotage Grenoble, the first hit";

    public const string Answer = "{}";
}
