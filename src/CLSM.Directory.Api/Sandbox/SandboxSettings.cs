using System.Globalization;

namespace CLSM.Directory.Api.Sandbox;

/// <summary>How the sandbox is run, from the configuration section <c>Sandbox</c> (<c>Sandbox__ResetAt=02:00</c> in the environment).</summary>
internal sealed record SandboxSettings
{
    private const string Section = "Sandbox";

    /// <summary>Whether the public key is accepted and the council made new every night.</summary>
    public bool IsOpen { get; private init; } = true;

    /// <summary>When it is made new, UTC.</summary>
    public TimeOnly ResetAt { get; private init; } = new(2, 0);

    /// <summary>Most parts of each kind.</summary>
    public int MostRows { get; private init; } = 200;

    /// <summary>Most bytes of all that is written there, as JSON.</summary>
    public int MostBytes { get; private init; } = 2 * 1024 * 1024;

    /// <summary>Writes with the public key that go on at once; the next wait for their turn.</summary>
    public int MostAtOnce { get; private init; } = 4;

    /// <summary>Writes with the public key that may wait.</summary>
    public int MostWaiting { get; private init; } = 60;

    /// <summary>Of these, of one address: who floods the sandbox leaves room for who plays in it.</summary>
    public int MostOfOneAtOnce { get; private init; } = 2;

    /// <summary>Writes of one address that may wait.</summary>
    public int MostOfOneWaiting { get; private init; } = 15;

    /// <exception cref="InvalidOperationException">A value is not readable.</exception>
    public static SandboxSettings From(IConfiguration configuration)
    {
        var section = configuration.GetSection(Section);
        var usual = new SandboxSettings();
        return usual with
        {
            IsOpen = section["Open"] switch
            {
                null or "true" => true,
                "false" => false,
                var other => throw Unreadable("Open", other, "true or false"),
            },
            ResetAt = section["ResetAt"] switch
            {
                null => usual.ResetAt,
                var text when TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) => time,
                var other => throw Unreadable("ResetAt", other, "a time (UTC) such as 02:00"),
            },
            MostRows = Positive(section, "MostRows", usual.MostRows),
            MostBytes = Positive(section, "MostBytes", usual.MostBytes),
        };
    }

    /// <summary>The last time before an instant at which it was to be made new.</summary>
    public DateTimeOffset LastBefore(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date + ResetAt.ToTimeSpan(), TimeSpan.Zero);
        return today <= now ? today : today.AddDays(-1);
    }

    private static int Positive(IConfigurationSection section, string name, int usual) => section[name] switch
    {
        null => usual,
        var text when int.TryParse(text, CultureInfo.InvariantCulture, out var number) && number > 0 => number,
        var text => throw Unreadable(name, text, "a positive whole number"),
    };

    private static InvalidOperationException Unreadable(string name, string value, string wanted) => new($"{Section}:{name} is “{value}”; wanted: {wanted}.");
}
