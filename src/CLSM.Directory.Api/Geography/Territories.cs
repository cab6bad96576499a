namespace CLSM.Directory.Api.Geography;

/// <summary>A commune, or a code that is or was one's: of a municipal arrondissement, of a delegated, associated or former commune.</summary>
public sealed record Commune
{
    /// <summary>INSEE code, which is not a postcode.</summary>
    /// <example>57463</example>
    public required string Code { get; init; }

    /// <summary>Name that goes with the code.</summary>
    /// <example>Metz</example>
    public required string Name { get; init; }

    /// <summary>`commune`, `municipal-arrondissement` (of Paris, Lyon or Marseille), `delegated-commune`, `associated-commune` or `former-commune`.</summary>
    /// <example>commune</example>
    public required string Type { get; init; }

    /// <summary>The current commune, where the code is not one's: a former, delegated or associated commune is in it today.</summary>
    public Place? Current { get; init; }

    /// <summary>The commune that a municipal arrondissement is part of.</summary>
    public Place? PartOf { get; init; }

    /// <summary>Its département.</summary>
    public required Place Department { get; init; }

    /// <summary>Its region.</summary>
    public required Place Region { get; init; }

    /// <summary>The EPCI with own taxation that it is in. A few islands are in none.</summary>
    public EpciName? Epci { get; init; }

    /// <summary>Its postcodes, without CEDEX. None is known for former, delegated and associated communes.</summary>
    public IReadOnlyList<string>? Postcodes { get; init; }

    /// <summary>Inhabitants (INSEE reference population).</summary>
    /// <example>122572</example>
    public int? Population { get; init; }

    /// <summary>A point of it.</summary>
    public Position? Position { get; init; }

    /// <summary>The councils that cover it, wholly or in part: an empty list where none does. Those of a code that is no longer a commune's are those of the current commune.</summary>
    public required IReadOnlyList<CoveringCouncil> Councils { get; init; }
}

/// <summary>An EPCI with own taxation: communauté de communes, communauté d'agglomération, communauté urbaine, métropole.</summary>
public sealed record Epci
{
    /// <summary>SIREN.</summary>
    /// <example>200039865</example>
    public required string Siren { get; init; }

    /// <summary>Name in the list of the DGCL; it may lag behind the name in use.</summary>
    /// <example>Metz Métropole</example>
    public required string Name { get; init; }

    /// <summary>`CC` communauté de communes, `CA` communauté d'agglomération, `CU` communauté urbaine, `METRO` métropole, `MET69` Métropole de Lyon.</summary>
    /// <example>METRO</example>
    public required string Type { get; init; }

    /// <summary>The départements that its communes are in.</summary>
    public required IReadOnlyList<Place> Departments { get; init; }

    /// <summary>How many communes it has.</summary>
    /// <example>46</example>
    public required int Communes { get; init; }

    /// <summary>Inhabitants of its communes.</summary>
    public required long Population { get; init; }

    /// <summary>The councils that cover it, or some of it: an empty list where none does.</summary>
    public required IReadOnlyList<CoveringCouncil> Councils { get; init; }
}

/// <summary>A département, or an overseas collectivity.</summary>
public sealed record Department
{
    /// <summary>Code (COG): `57`, `2A`, `974`.</summary>
    /// <example>57</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    /// <example>Moselle</example>
    public required string Name { get; init; }

    /// <summary>Its region. An overseas collectivity stands for its own.</summary>
    public required Place Region { get; init; }

    /// <summary>How many communes it has.</summary>
    /// <example>725</example>
    public required int Communes { get; init; }

    /// <summary>Inhabitants of its communes.</summary>
    public required long Population { get; init; }

    /// <summary>The councils that cover it, or some of it: an empty list where none does.</summary>
    public required IReadOnlyList<CoveringCouncil> Councils { get; init; }
}

/// <summary>A region, with its regional health agency (ARS).</summary>
public sealed record Region
{
    /// <summary>Code (COG).</summary>
    /// <example>44</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    /// <example>Grand Est</example>
    public required string Name { get; init; }

    /// <summary>Its agence régionale de santé. Some overseas collectivities have none.</summary>
    /// <example>ARS Grand Est</example>
    public string? HealthAgency { get; init; }

    /// <summary>Its départements.</summary>
    public required IReadOnlyList<Place> Departments { get; init; }

    /// <summary>How many communes it has.</summary>
    public required int Communes { get; init; }

    /// <summary>Inhabitants of its communes.</summary>
    public required long Population { get; init; }

    /// <summary>The councils that cover it, or some of it: an empty list where none does.</summary>
    public required IReadOnlyList<CoveringCouncil> Councils { get; init; }
}

/// <summary>A council that covers a territory today. Councils that have closed or merged cover nothing.</summary>
public sealed record CoveringCouncil
{
    /// <summary>Code of the council.</summary>
    /// <example>metz</example>
    public required string Code { get; init; }

    /// <summary>Name of the council.</summary>
    public required string Name { get; init; }

    /// <summary>Code of the list `council-statuses`.</summary>
    /// <example>active</example>
    public required string Status { get; init; }

    /// <summary>`whole`, or `part` where it covers only some of it.</summary>
    /// <example>whole</example>
    public required string Extent { get; init; }

    /// <summary>The parts of the council's territory, as it states them, by which it covers a commune.</summary>
    public IReadOnlyList<CoveringPart>? Through { get; init; }
}

/// <summary>A part of a council's territory, as the council states it.</summary>
public sealed record CoveringPart
{
    /// <summary>Code of the list `territory-types`.</summary>
    /// <example>epci</example>
    public required string Type { get; init; }

    /// <summary>Code of the part.</summary>
    /// <example>200039865</example>
    public required string Code { get; init; }
}

/// <summary>A place by its official code.</summary>
public sealed record Place
{
    /// <summary>Official code.</summary>
    /// <example>57</example>
    public required string Code { get; init; }

    /// <summary>Name.</summary>
    /// <example>Moselle</example>
    public required string Name { get; init; }
}

/// <summary>An EPCI by its SIREN.</summary>
public sealed record EpciName
{
    /// <summary>SIREN.</summary>
    /// <example>200039865</example>
    public required string Siren { get; init; }

    /// <summary>Name.</summary>
    /// <example>Metz Métropole</example>
    public required string Name { get; init; }
}

/// <summary>A point (WGS 84).</summary>
public sealed record Position
{
    /// <summary>Degrees north.</summary>
    /// <example>49.11911</example>
    public required decimal Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    /// <example>6.17269</example>
    public required decimal Longitude { get; init; }

    /// <summary>What the point is: `geonames-place` or `geonames-name` the town or village (GeoNames, CC BY 4.0), `ign-…-centroid` the centre of the area (IGN).</summary>
    /// <example>geonames-place</example>
    public required string Source { get; init; }
}
