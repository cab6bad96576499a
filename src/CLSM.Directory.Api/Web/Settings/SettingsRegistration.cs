using System.Reflection;
using Microsoft.Extensions.Options;

namespace CLSM.Directory.Api.Web.Settings;

/// <summary>Binds and validates settings. A wrong setting stops the start with one sentence that names it.</summary>
internal static class SettingsRegistration
{
    public static OptionsBuilder<TSettings> AddSettings<TSettings>(this IServiceCollection services)
        where TSettings : class, ISettings => services
            .AddOptions<TSettings>()
            .Configure<IConfiguration>((_, configuration) => Check<TSettings>(configuration.GetSection(TSettings.Section)))
            .BindConfiguration(TSettings.Section)
            .ValidateOnStart();

    /// <summary>Validates all settings that are validated at the start.</summary>
    /// <exception cref="InvalidOperationException">A setting is wrong: see <see cref="IsWrongSetting"/>.</exception>
    public static void ValidateSettings(this IServiceProvider services)
    {
        try
        {
            services.GetRequiredService<IStartupValidator>().Validate();
        }
        catch (OptionsValidationException exception)
        {
            throw new InvalidOperationException(string.Join(Environment.NewLine, exception.Failures), exception);
        }
        catch (AggregateException exception) when (exception.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            var failures = exception.InnerExceptions.Cast<OptionsValidationException>().SelectMany(inner => inner.Failures);
            throw new InvalidOperationException(string.Join(Environment.NewLine, failures), exception.InnerExceptions[0]);
        }
    }

    /// <summary>True if the message is about settings: it is printed as it is, without a stack trace.</summary>
    public static bool IsWrongSetting(Exception exception) =>
        exception is InvalidOperationException { InnerException: OptionsValidationException };

    /// <summary>The sentence about a wrong value.</summary>
    public static string Describe(string setting, string value, string accepted) => $"{setting} is “{value}”; wanted: {accepted}.";

    /// <summary>The name of a setting in its section.</summary>
    public static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<ConfigurationKeyNameAttribute>()?.Name ?? property.Name;

    private static void Check<TSettings>(IConfigurationSection section)
    {
        var errors = Errors(typeof(TSettings), section).ToList();
        if (errors.Count > 0)
        {
            throw new OptionsValidationException(Options.DefaultName, typeof(TSettings), errors);
        }
    }

    private static IEnumerable<string> Errors(Type type, IConfigurationSection section)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var setting = section.GetSection(NameOf(property));
            if (property.GetCustomAttribute<SettingAttribute>() is not { } rule)
            {
                foreach (var error in setting.GetChildren().Any() ? Errors(property.PropertyType, setting) : [])
                {
                    yield return error;
                }
            }
            else if (setting.Value is { } text && !rule.Accepts(text))
            {
                yield return rule.IsSecret
                    ? $"{setting.Path} is not accepted, and its value is not shown; wanted: {rule.Accepted}."
                    : Describe(setting.Path, text, rule.Accepted);
            }
        }
    }
}
