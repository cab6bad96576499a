using System.Globalization;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Validation;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.Queries;

/// <summary>A point as <c>latitude,longitude</c> in degrees (WGS 84), such as <c>49.12,6.17</c>.</summary>
internal sealed record PointParameter(string Name, string Description) : QueryParameter<(double Latitude, double Longitude)>(Name, Description)
{
    private const int MaximumLength = 50;

    public override (double Latitude, double Longitude)? Parse(string text) =>
        text.Length <= MaximumLength && text.Split(',') is [var north, var east] && Degrees(north) is { } latitude && Degrees(east) is { } longitude
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? (latitude, longitude)
            : null;

    public override ValidationError? Check(string value) => Parse(value) is null ? new ValidationError("not-a-point", [value]) { Value = value, Closest = Closest(value) } : null;

    public override OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.String,
        Pattern = @"^-?[0-9]{1,2}(\.[0-9]+)?,-?[0-9]{1,3}(\.[0-9]+)?$",
        MaxLength = MaximumLength,
    };

    private static double? Degrees(string text) =>
        double.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    private static string? Closest(string value) =>
        value.Length <= MaximumLength && value.Split(',') is [var north, var east] && Degrees(north) is { } latitude && Degrees(east) is { } longitude
            ? string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(latitude, -90, 90)},{Math.Clamp(longitude, -180, 180)}")
            : null;
}

/// <summary>Places near a point: communes by the distance of the point that the reference gives for each.</summary>
internal static class DistanceFilter
{
    public static readonly PointParameter Point = new(
        "near", "Only councils that cover a commune near this point: `latitude,longitude` in degrees (WGS 84). The distance is to the point that the reference has for the commune, its town or its centre; see `radius`.");

    public static readonly IntegerParameter Radius = new("radius", 1, 200, 20, "How near to the point of `near`, in kilometres, 20 without it; only together with `near`.") { StatesDefault = false };

    private const double EarthRadius = 6371.0088;

    /// <summary>The communes in the circle; <c>@latitude</c>, <c>@longitude</c> and <c>@radius</c> are its parameters. A band of latitudes is read, by its index.</summary>
    public static readonly string Sql = string.Create(
        CultureInfo.InvariantCulture,
        $"""
        select 'near' as "Parameter", m.code as "Given", m.code as "Resolved"
        from published.reference_commune m
        where m.type in ('commune', 'municipal-arrondissement')
          and m.latitude between (@latitude - degrees(@radius / {EarthRadius}))::numeric and (@latitude + degrees(@radius / {EarthRadius}))::numeric
          and 2 * {EarthRadius} * asin(least(1, sqrt(
                power(sin(radians(m.latitude - @latitude) / 2), 2)
                + cos(radians(@latitude)) * cos(radians(m.latitude)) * power(sin(radians(m.longitude - @longitude) / 2), 2)))) <= @radius
        """);
}
