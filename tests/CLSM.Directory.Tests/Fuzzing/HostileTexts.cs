namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>Texts that have broken programs: one table for the generated requests and for the corpora.</summary>
internal static class HostileTexts
{
    public static readonly string[] Sql =
    [
        "'", "''", "\"", "`", "\\", "\\'", ";", "--", "/*", "*/", "x' or '1'='1", "x' or 1=1--", "x') or ('1'='1", "1 or 1=1", "metz' and '1'='1",
        "x'; drop table directory.council; --", "x'; select pg_sleep(5); --", "x' || pg_sleep(5) || '", "1; select pg_sleep(5)", "x' union select null,null,null--",
        "x' union all select secret_hash from directory.api_key--", "$$; select pg_sleep(5); $$", "$1", "@p0", "{0}", "{{0}}", "%s%s%n", "E'\\x00'", "U&'\\0027'",
        "x' and (select count(*) from pg_class, pg_class a, pg_class b) > 0--", "(select pg_sleep(5))", "x'||(select pg_sleep(5))||'", "1/**/or/**/1=1", "%27%20or%201=1",
    ];

    public static readonly string[] TextSearch =
    [
        "a & b", "a | b", "!a", "!!a", "a <-> b", "a <2> b", "<->", "&", "|", "!", "()", "(", ")", "a:*", ":*", "a:ABCD", "'a b':*", "a & !(b | c)", "\"a b\"", "\"", "\"\"", "-a", "--a", "or", "a or or b",
        "*", "%", "_", "\\%", "[a-z]", "(a+)+$", "^", "🧠", "ﬁn", "É", "e\u0301", "İ", "ß", "\u200b", "l'", "’", "''", "santé\u00a0mentale",
    ];

    public static readonly string[] JsonPath =
        ["$.name", "$", "$..*", "lax $[*]", "$.a ? (@ > 1)", "/a/~2", "~", "/", "//", "a.b.c", "name,*", "'{a}'", "{name,0}", "a\"]", "$.\"a\"", "@", "a->b", "evidence->>'x'", "territory.parts.0", ".", "..", "territory."];

    public static readonly string[] Header =
        ["x\r\nSet-Cookie: test=1", "x\nX-Test: 1", "x\r\n\r\n<html>", "%0d%0aX-Test:%201", "x\u0085y", "x\u2028y", "\";filename=evil.exe", "</v1/x>; rel=\"next\", <y>", "\"", "<", ">"];

    public static readonly string[] Formula = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://test.invalid\")", "＝1+1", " =1", "'=1", "\u00a0=1", "\ufeff=1"];

    public static readonly string[] Html =
    [
        "<script>alert(1)</script>", "</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='alert(1)", "<svg/onload=alert(1)>", "&lt;script&gt;", "&#60;b&#62;", "<!--", "-->", "]]>",
        "javascript:alert(1)", "data:text/html,<script>alert(1)</script>", "vbscript:x", "{{7*7}}", "${7*7}", "<b>gras</b>", "</title><h1>", "<iframe src=//test.invalid>", "\u2028alert(1)", "`-alert(1)-`",
    ];

    public static readonly string[] Paths = ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "..\\..\\windows", "....//", "%2e%2e%2f", "metz/../grenoble", "metz;x=1", "metz%00", "file:///etc/passwd", "//test.invalid", "~root", "con", "metz.", "metz ", " metz", "METZ"];

    public static readonly string[] Unicode =
        ["a\u202eb", "\u200b", "a\u200db", "\ufeff", "\uffff", "\ufdd0", "\U0001F9E0", "A\u0300\u0301\u0302\u0303", "ａ", "ı", "ſ", "\u00ad", "\ud83e\udde0\u200d\ud83d\udc69", "\u0007", "\u007f", "\u009f", "\t", "\n", "\r\n", " ", "  "];

    public static readonly string[] Numbers =
        ["0", "-0", "-1", "1", "00", "01", "+1", "1e3", "1e400", "-1e400", "1.5", "0x10", "2147483647", "2147483648", "-2147483649", "9223372036854775808", "99999999999999999999999999999999", "NaN", "Infinity", "-Infinity", "٣", "1_000", "1,000", "", "null", "true"];

    public static readonly string[] Instants =
        ["2026-02-30", "2026-13-01", "0000-00-00", "0001-01-01", "9999-12-31", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-11-22T25:00:00Z", "2026-11-22T08:00:00+99:99", "1900", "2100-01", "infinity", "-infinity", "now", "20261122", "2026-W47", "2016-12-31T23:59:60Z"];

    public static readonly string[] Identifiers =
        ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "{01a200f2-4f0a-70c0-a046-1575da3cad07}", "01a200f24f0a70c0a0461575da3cad07", "01A200F2-4F0A-70C0-A046-1575DA3CAD07", "01a200f2-4f0a-70c0-a046-1575da3cad0", "01a200f2-4f0a-70c0-a046-1575da3cad077", "urn:uuid:01a200f2-4f0a-70c0-a046-1575da3cad07"];

    /// <summary>All of them, and a few long ones.</summary>
    public static readonly string[] All =
    [
        .. Sql, .. TextSearch, .. JsonPath, .. Header, .. Formula, .. Html, .. Paths, .. Unicode, .. Numbers, .. Instants, .. Identifiers,
        new('a', 101), new('é', 500), new('9', 1000), new('a', 10_001), string.Concat(Enumerable.Repeat("a-", 200)), string.Concat(Enumerable.Repeat("\U0001F9E0", 300)), new('(', 300), new('%', 100),
    ];

    /// <summary>JSON values, as they are written, that a member is given in place of its own.</summary>
    public static readonly string[] Json =
    [
        "null", "true", "0", "-0", "-1", "1.5", "1e400", "-1e-400", "123456789012345678901234567890", "2147483648", "\"\"", "\" \"", "\"\\ud800\"", "\"\\udc00x\"", "\"\\u0000\"", "\"\\u202e\"", "\"a\\u0000b\"", "\"\\uffff\"",
        "[]", "{}", "[null]", "[[]]", "[{}]", "{\"\":0}", "{\"a\":{\"b\":[1,{\"c\":null}]}}", "{\"__proto__\":{}}", "{\"$ref\":\"#/\"}", "{\"$type\":\"System.Object\"}", "{\"a\":1,\"a\":2}", "[1,\"a\",{},[],null]",
        "NaN", "Infinity", "01", "'a'", "undefined", "\"\\x41\"", "\"a", "{", "[1,]", "/*c*/1", "\u0000",
        Nested(31), Nested(33), Nested(600), "[" + string.Join(',', Enumerable.Repeat("\"a\"", 1500)) + "]", "{" + string.Join(',', Enumerable.Range(0, 1200).Select(number => $"\"/m{number}\":{{\"state\":\"stated\"}}")) + "}",
    ];

    private static string Nested(int levels) => new string('[', levels) + new string(']', levels);
}
