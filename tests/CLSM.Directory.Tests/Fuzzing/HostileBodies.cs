using System.IO.Compression;
using System.Text;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>Whole bodies that are not what they should be.</summary>
internal static class HostileBodies
{
    public static readonly byte[][] Whole =
    [
        [], [0], [0xff, 0xfe, 0xfd], [0xef, 0xbb, 0xbf], "\uFEFF{}"u8.ToArray(), "{"u8.ToArray(), "}"u8.ToArray(), "null"u8.ToArray(), "[]"u8.ToArray(), "\"x\""u8.ToArray(), "1"u8.ToArray(), "{}{}"u8.ToArray(),
        "{\"a\":1,\"a\":2}"u8.ToArray(), "{\"\\u0061\":1,\"a\":2}"u8.ToArray(), "// c\n{}"u8.ToArray(), [.. "{\"name\":\""u8, 0xc3, .. "\"}"u8], [.. "{\"name\":\""u8, 0xc0, 0xaf, .. "\"}"u8], [.. "{\"name\":\""u8, 0xed, 0xa0, 0x80, .. "\"}"u8],
        Encoding.Unicode.GetBytes("{\"name\":\"x\"}"), Encoding.UTF32.GetBytes("{}"), Encoding.UTF8.GetBytes(new string('[', 100_000)), Encoding.UTF8.GetBytes(new string('{', 5000)), Encoding.UTF8.GetBytes("{\"name\":\"" + new string('x', 200_000) + "\"}"),
        "<x/>"u8.ToArray(), "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><x>&a;</x>"u8.ToArray(), "a=b&c=d"u8.ToArray(), "\n\n\n"u8.ToArray(), ",,,\n,,,"u8.ToArray(), "\""u8.ToArray(), "id;nom\n=1+1;\"x"u8.ToArray(), Compressed(100_000),
        Encoding.UTF8.GetBytes("{" + string.Join(',', Enumerable.Range(0, 5000).Select(number => $"\"m{number}\":1")) + "}"),
    ];

    /// <summary>Lines (NDJSON, CSV) in which something was changed.</summary>
    public static string Spoiled(FuzzValues values, string text, double hostility)
    {
        for (var times = 0; values.Happens(hostility) && times < 5; times++)
        {
            var at = values.Below(text.Length + 1);
            text = values.Below(5) switch
            {
                0 => text[..at] + values.Pick(HostileTexts.All) + text[at..],
                1 => text[..at],
                2 => text[..at] + values.Pick(HostileTexts.Json) + text[at..],
                3 => text + "\n" + text,
                _ => text.Remove(at, Math.Min(text.Length - at, values.Below(40))),
            };
        }

        return text.Length > 200_000 ? text[..200_000] : text;
    }

    /// <summary>Zeros, as many as asked, in a thousandth of the bytes.</summary>
    public static byte[] Compressed(int zeros)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest))
        {
            gzip.Write(new byte[zeros]);
        }

        return buffer.ToArray();
    }
}
