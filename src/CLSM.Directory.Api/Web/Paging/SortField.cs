using System.Globalization;

namespace CLSM.Directory.Api.Web.Paging;

/// <summary>A member by which a list can be sorted, and what the key of its cursors must be.</summary>
internal sealed record SortField
{
    public static readonly SortField Name = new("name", IsText);
    public static readonly SortField Code = new("code", IsText);
    public static readonly SortField UpdatedAt = new("updatedAt", IsInstant);
    public static readonly SortField CreatedAt = new("createdAt", IsInstant);
    public static readonly SortField Version = new("version", IsNumber);
    public static readonly SortField Score = new("score", IsText);

    private readonly Func<string, bool> accepts;

    /// <param name="member">The value of the parameter <c>sort</c>.</param>
    /// <param name="accepts">Whether a text can be the key of a cursor of this order.</param>
    public SortField(string member, Func<string, bool> accepts)
    {
        Member = member;
        this.accepts = accepts;
    }

    /// <summary>The value of the parameter <c>sort</c>.</summary>
    public string Member { get; }

    /// <summary>Whether a cursor with this key can belong to the order.</summary>
    public bool Accepts(string key) => accepts(key);

    // PostgreSQL has no text with a NUL.
    private static bool IsText(string key) => !key.Contains('\0', StringComparison.Ordinal);

    private static bool IsInstant(string key) => Cursor.InstantOf(key) is not null;

    private static bool IsNumber(string key) => long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
