using System.IO.Compression;
using System.Text.RegularExpressions;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Model.Values;
using Npgsql;
using NpgsqlTypes;

namespace CLSM.Directory.Api.Geography;

/// <summary>A file of the reference: its name, its columns, and how a line of it becomes a row.</summary>
internal sealed partial record ReferenceFile(string Name, string Table, string Key, IReadOnlyList<string> Columns, string Stored, Action<NpgsqlBinaryImporter, ReferenceLine> Write)
{
    private const string ShippedIn = "Geography.Reference.";

    public static readonly ReferenceFile Regions = new("regions.csv", "reference_region", "code", ["code", "name", "ars_name"], "code, name, health_agency", WriteRegion);
    public static readonly ReferenceFile Departments = new("departments.csv", "reference_department", "code", ["code", "name", "region_code"], "code, name, region_code", WriteDepartment);
    public static readonly ReferenceFile Epci = new("epci.csv", "reference_epci", "siren", ["siren", "name", "type", "member_codes"], "siren, name, type", WriteEpci);
    public static readonly ReferenceFile Communes = new(
        "communes.csv", "reference_commune", "code, type",
        ["code_insee", "name", "type", "parent_code", "department_code", "region_code", "epci_siren", "postcodes", "population", "lat", "lon", "lat_lon_source"],
        "code, type, name, plain_name, parent_code, department_code, region_code, epci_siren, postcodes, population, latitude, longitude, position_source",
        WriteCommune);

    /// <summary>In the order in which they are loaded.</summary>
    public static readonly IReadOnlyList<ReferenceFile> All = [Regions, Departments, Epci, Communes];

    /// <summary>The file that a name stands for, compressed or not.</summary>
    public static ReferenceFile? Named(string name) => All.FirstOrDefault(file => name == file.Name || name == $"{file.Name}.gz");

    /// <summary>What ships with the program.</summary>
    public static IReadOnlyList<ReferenceSource> Shipped() =>
        [.. EmbeddedResource.Names(ShippedIn).Select(name => new ReferenceSource(name[ShippedIn.Length..], () => new MemoryStream(EmbeddedResource.ReadBytes(name))))];

    private static void WriteRegion(NpgsqlBinaryImporter row, ReferenceLine line)
    {
        Text(row, Code(line, "code", RegionCode()));
        Text(row, line.Required("name"));
        Text(row, line["ars_name"]);
    }

    private static void WriteDepartment(NpgsqlBinaryImporter row, ReferenceLine line)
    {
        Text(row, Code(line, "code", DepartmentCode()));
        Text(row, line.Required("name"));
        Text(row, Code(line, "region_code", RegionCode()));
    }

    private static void WriteEpci(NpgsqlBinaryImporter row, ReferenceLine line)
    {
        var siren = Code(line, "siren", TextFormat.Of(PatternKind.Siren).Expression);
        Text(row, Identifiers.IsSiren(siren) ? siren : throw line.Refused($"{siren} has a wrong check digit"));
        Text(row, line.Required("name"));
        Text(row, Code(line, "type", EpciType()));
        row.Write(line.List("member_codes").ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
    }

    private static void WriteCommune(NpgsqlBinaryImporter row, ReferenceLine line)
    {
        Text(row, CommuneCode(line, "code_insee"));
        Text(row, line.Required("type") switch
        {
            "commune" => "commune",
            "arrondissement-municipal" => "municipal-arrondissement",
            "commune-deleguee" => "delegated-commune",
            "commune-associee" => "associated-commune",
            "ancienne-commune" => "former-commune",
            var type => throw line.Refused($"{type} is not a type of communes"),
        });
        Text(row, line.Required("name"));
        Text(row, PlaceName.Fold(line.Required("name")));
        Text(row, (line["type"] == "commune") == (line["parent_code"] is null)
            ? line["parent_code"] is null ? null : CommuneCode(line, "parent_code")
            : throw line.Refused("a commune has no parent_code, everything else has one"));
        Text(row, Code(line, "department_code", DepartmentCode()));
        Text(row, Code(line, "region_code", RegionCode()));
        Text(row, line["epci_siren"]);
        row.Write(line.List("postcodes").Select(postcode => TextFormat.Of(PatternKind.Postcode).Expression.IsMatch(postcode)
            ? postcode
            : throw line.Refused($"{postcode} is not a postcode")).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Text);
        Number(row, line, "population", NpgsqlDbType.Integer, 0, 100_000_000);
        Number(row, line, "lat", NpgsqlDbType.Numeric, -90, 90);
        Number(row, line, "lon", NpgsqlDbType.Numeric, -180, 180);
        Text(row, line.Required("lat_lon_source"));
    }

    // Codes of communes before 1968 and of Corsica before 1976 stay resolvable: their départements have no longer all a commune of their own.
    private static string CommuneCode(ReferenceLine line, string column) => Code(line, column, AnyCommuneCode());

    private static string Code(ReferenceLine line, string column, Regex expression) =>
        line.Required(column) is var code && expression.IsMatch(code) ? code : throw line.Refused($"{code} is not a valid {column}");

    private static void Text(NpgsqlBinaryImporter row, string? text)
    {
        if (text is null)
        {
            row.WriteNull();
        }
        else
        {
            row.Write(text, NpgsqlDbType.Text);
        }
    }

    private static void Number(NpgsqlBinaryImporter row, ReferenceLine line, string column, NpgsqlDbType type, decimal minimum, decimal maximum)
    {
        if (line[column] is not { } text)
        {
            row.WriteNull();
            return;
        }

        if (!decimal.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign | System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out var number)
            || number < minimum || number > maximum || (type is NpgsqlDbType.Integer && number != decimal.Truncate(number)))
        {
            throw line.Refused($"{text} is not a valid {column}");
        }

        if (type is NpgsqlDbType.Integer)
        {
            row.Write((int)number, type);
        }
        else
        {
            row.Write(number, type);
        }
    }

    [GeneratedRegex("^(?:[0-9]{2}|97[0-9]|98[0-9])$")]
    private static partial Regex RegionCode();

    [GeneratedRegex("^(?:0[1-9]|[1-8][0-9]|9[0-5]|2[AB]|97[0-9]|98[0-9])$")]
    private static partial Regex DepartmentCode();

    [GeneratedRegex("^(?:[0-9]{2}|2[AB])[0-9]{3}$")]
    private static partial Regex AnyCommuneCode();

    [GeneratedRegex("^[A-Z]+[0-9]*$")]
    private static partial Regex EpciType();
}

/// <summary>A reference file to be loaded: what it is called, and how it is opened.</summary>
internal sealed record ReferenceSource(string FileName, Func<Stream> Open)
{
    /// <summary>Its text, unpacked where it is compressed.</summary>
    public Stream OpenText() => FileName.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(Open(), CompressionMode.Decompress) : Open();
}
