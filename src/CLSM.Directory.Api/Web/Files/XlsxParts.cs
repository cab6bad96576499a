using System.Globalization;
using System.Security;

namespace CLSM.Directory.Api.Web.Files;

/// <summary>The parts of a workbook around its sheets.</summary>
internal static class XlsxParts
{
    /// <summary>Places in the styles below.</summary>
    public const string DateStyle = "1";

    public const string InstantStyle = "2";

    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>What does not depend on the rows. Sheets are what is said of no other part, so their number need not be known.</summary>
    public static IEnumerable<(string Path, string Text)> Fixed(ExportVersion stamp) =>
    [
        ("[Content_Types].xml",
            $"""
            {Declaration}
            <Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Default Extension="xml" ContentType="{Spreadsheet}.worksheet+xml"/><Override PartName="/xl/workbook.xml" ContentType="{Spreadsheet}.sheet.main+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{Spreadsheet}.styles+xml"/>
            <Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>
            <Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/></Types>
            """),
        ("_rels/.rels",
            $"""
            {Declaration}
            <Relationships xmlns="{Package}/relationships"><Relationship Id="r1" Type="{Office}/relationships/officeDocument" Target="xl/workbook.xml"/>
            <Relationship Id="r2" Type="{Package}/relationships/metadata/core-properties" Target="docProps/core.xml"/>
            <Relationship Id="r3" Type="{Office}/relationships/custom-properties" Target="docProps/custom.xml"/></Relationships>
            """),
        ("docProps/core.xml",
            $"""
            {Declaration}
            <cp:coreProperties xmlns:cp="{Package}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>CLSM Directory</dc:creator><dcterms:modified xsi:type="dcterms:W3CDTF">{stamp.ChangedAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}</dcterms:modified></cp:coreProperties>
            """),
        ("docProps/custom.xml",
            $$"""
            {{Declaration}}
            <Properties xmlns="{{Office}}/custom-properties" xmlns:vt="{{Office}}/docPropsVTypes"><property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="changesCursor"><vt:lpwstr>{{stamp.Cursor}}</vt:lpwstr></property></Properties>
            """),
        ("xl/styles.xml",
            $"""
            {Declaration}
            <styleSheet xmlns="{Main}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts>
            <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
            <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
            <xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>
            """),
    ];

    public static string Workbook(IReadOnlyList<string> names) =>
        $"""
        {Declaration}
        <workbook xmlns="{Main}" xmlns:r="{Office}/relationships"><sheets>{string.Concat(names.Select((name, place) =>
            $"""<sheet name="{SecurityElement.Escape(name)}" sheetId="{place + 1}" r:id="r{place + 1}"/>"""))}</sheets></workbook>
        """;

    public static string WorkbookRelations(int sheets) =>
        $"""
        {Declaration}
        <Relationships xmlns="{Package}/relationships">{string.Concat(Enumerable.Range(1, sheets).Select(number =>
            $"""<Relationship Id="r{number}" Type="{Office}/relationships/worksheet" Target="worksheets/sheet{number}.xml"/>"""))}<Relationship Id="r{sheets + 1}" Type="{Office}/relationships/styles" Target="styles.xml"/></Relationships>
        """;
}
