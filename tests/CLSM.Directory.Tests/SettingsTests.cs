using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using CLSM.Directory.Api;
using CLSM.Directory.Api.Web.Settings;
using Microsoft.Extensions.Configuration;

namespace CLSM.Directory.Tests;

/// <summary>Settings of the whole program: each has a default in appsettings.json, and a wrong one stops the start.</summary>
[TestFixture]
[Parallelizable]
internal sealed class SettingsTests
{
    private const string Nowhere = "Host=127.0.0.1;Port=1;Username=nobody;Password=test-secret";

    private static readonly IReadOnlyList<Type> Classes =
    [
        .. typeof(DirectoryApplication).Assembly.GetTypes().Where(type => type.IsClass && typeof(ISettings).IsAssignableFrom(type)),
    ];

    [TestCase("Changes__MaxWaiting", "0", "Changes:MaxWaiting is “0”; wanted: a positive whole number.")]
    [TestCase("Exports__MostAtOnce", "-1", "Exports:MostAtOnce is “-1”; wanted: a positive whole number.")]
    [TestCase("Exports__Longest", "soon", "Exports:Longest is “soon”; wanted: a duration such as 01:00:00, of 24 days at most.")]
    [TestCase("Limits__Requests", "no", "Limits:Requests is “no”; wanted: on or off.")]
    [TestCase("Limits__SandboxOfAll__Seconds", "x", "Limits:SandboxOfAll:Seconds is “x”; wanted: a positive whole number.")]
    [TestCase(
        "Objections__Secret",
        "test-short",
        "Objections:Secret is not accepted, and its value is not shown; wanted: 32 characters or more.")]
    [TestCase("OpenIdConnect__Issuer", "nonsense", "OpenIdConnect:Issuer is “nonsense”; wanted: an https address.")]
    [TestCase(
        "OpenIdConnect__Issuer",
        "https://issuer.test.example",
        "OpenIdConnect:Audience is “”; wanted: the name of this directory at the issuer.")]
    [TestCase("Outage__MostBytes", "64 MB", "Outage:MostBytes is “64 MB”; wanted: a whole number of bytes, 0 or more.")]
    [TestCase("Sandbox__ResetAt", "noon", "Sandbox:ResetAt is “noon”; wanted: a time (UTC) such as 02:00.")]
    [TestCase(
        "ConnectionStrings__Reader",
        "Host=127.0.0.1;Passwort=test-secret",
        "ConnectionStrings:Reader is not accepted, and its value is not shown; "
            + "wanted: a connection string such as Host=…;Database=…;Username=…;Password=….")]
    [TestCase(
        "ConnectionStrings__Reader",
        "",
        "Of ConnectionStrings__Owner, __Service and __Reader only some are set: a deployed database needs Service and Reader, "
            + "and Owner for migrate and keys.")]
    public async Task A_wrong_setting_stops_the_start_with_one_sentence(string name, string value, string sentence)
    {
        var (code, output, error) = await ServeAsync(name, value);
        Assert.That(error.TrimEnd(), Is.EqualTo(sentence));
        Assert.That((code, output), Is.EqualTo((3, "")));
    }

    [Test]
    public void Appsettings_has_every_setting_with_its_default_and_nothing_else()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "appsettings.json");
        var root = new ConfigurationBuilder().AddJsonFile(file).Build();
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        var written = json.RootElement.EnumerateObject().SelectMany(section => Names(section.Value, section.Name));
        var expected = new List<string>();
        foreach (var type in Classes)
        {
            var section = (string)type.GetProperty(nameof(ISettings.Section))!.GetValue(null)!;
            var (ofCode, ofFile) = (Activator.CreateInstance(type)!, Activator.CreateInstance(type)!);
            root.GetSection(section).Bind(ofFile);
            foreach (var (path, inCode, inFile) in Values(section, ofCode, ofFile))
            {
                expected.Add(path);
                Assert.That(inFile, Is.EqualTo(inCode), path);
            }
        }

        Assert.That(written, Is.EquivalentTo(expected));
    }

    [Test]
    public void Every_setting_says_what_it_accepts_and_accepts_its_default()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json")).Build();
        foreach (var type in Classes)
        {
            var section = (string)type.GetProperty(nameof(ISettings.Section))!.GetValue(null)!;
            foreach (var (path, property) in Rules(section, type))
            {
                var rule = property.GetCustomAttribute<SettingAttribute>();
                Assert.That(rule, Is.Not.Null, path);
                Assert.That(configuration[path] is not { } text || rule!.Accepts(text), path);
            }
        }
    }

    private static IEnumerable<string> Names(JsonElement element, string path) => element.ValueKind == JsonValueKind.Object
        ? element.EnumerateObject().SelectMany(member => Names(member.Value, $"{path}:{member.Name}"))
        : [path];

    private static IEnumerable<(string Path, object? InCode, object? InFile)> Values(string path, object ofCode, object ofFile)
    {
        foreach (var property in ofCode.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var (name, inCode, inFile) = (
                $"{path}:{SettingsRegistration.NameOf(property)}", property.GetValue(ofCode), property.GetValue(ofFile));
            if (property.CanWrite)
            {
                yield return (name, inCode, inFile);
            }
            else if (IsGroup(property))
            {
                foreach (var nested in Values(name, inCode!, inFile!))
                {
                    yield return nested;
                }
            }
        }
    }

    private static IEnumerable<(string Path, PropertyInfo Property)> Rules(string path, Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .SelectMany(property => property.CanWrite ? [($"{path}:{SettingsRegistration.NameOf(property)}", property)]
            : IsGroup(property) ? Rules($"{path}:{property.Name}", property.PropertyType)
            : []);

    private static bool IsGroup(PropertyInfo property) =>
        property.PropertyType.GetProperties().Any(nested => nested.GetCustomAttribute<SettingAttribute>() is not null);

    private static async Task<(int Code, string Output, string Error)> ServeAsync(string name, string value)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(DirectoryApplication).Assembly.Location, "serve"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ConnectionStrings__Service"] = Nowhere;
        start.Environment["ConnectionStrings__Reader"] = Nowhere;
        start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
