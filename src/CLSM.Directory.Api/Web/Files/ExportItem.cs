namespace CLSM.Directory.Api.Web.Files;

/// <summary>One resource of an export, and for a council where it is.</summary>
internal sealed record ExportItem<T>(T Resource, ExportedPlace? Place = null);

/// <summary>Where a council is, by the communes that it covers today.</summary>
internal sealed record ExportedPlace
{
    /// <summary>INSEE codes of the communes that it covers wholly.</summary>
    public IReadOnlyList<string>? Communes { get; init; }

    /// <summary>INSEE codes of the communes of which it covers a part.</summary>
    public IReadOnlyList<string>? PartlyCovered { get; init; }

    public IReadOnlyList<string>? Epci { get; init; }

    public IReadOnlyList<string>? Departments { get; init; }

    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>Inhabitants of the communes that it covers wholly.</summary>
    public long? Population { get; init; }

    /// <summary>Position of the most populous commune among them.</summary>
    public double? Latitude { get; init; }

    public double? Longitude { get; init; }
}
