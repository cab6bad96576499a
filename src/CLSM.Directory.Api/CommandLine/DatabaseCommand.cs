using System.CommandLine;
using CLSM.Directory.Api.Database;
using CLSM.Directory.Api.Features.DataProtection;
using CLSM.Directory.Api.Web.Settings;
using CLSM.Directory.LocalPostgres.Errors;
using Npgsql;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>A command that works on the database: opens it, closes it, and says plainly when there is none.</summary>
internal abstract class DatabaseCommand : Command
{
    protected DatabaseCommand(string name, string description)
        : base(name, description) => SetAction(RunAsync);

    public async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        try
        {
            await using var access = await DatabaseConnector.OpenAsync(IsReset(arguments), cancellationToken);
            return await RunAsync(access, arguments, cancellationToken);
        }
        catch (LocalPostgresException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Unavailable;
        }
        catch (FormerSchemaException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Unavailable;
        }
        catch (InvalidOperationException exception) when (SettingsRegistration.IsWrongSetting(exception))
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCode.Unavailable;
        }
        catch (ObjectionSecretMissingException)
        {
            await Console.Error.WriteLineAsync("Somebody objected in a council, and Objections__Secret is not set, or not the one it was noted with: nothing is written that might bring them back.");
            return ExitCode.Unavailable;
        }
        catch (PostgresException exception)
        {
            await Console.Error.WriteLineAsync($"The database refuses: {exception.MessageText} ({exception.SqlState})");
            return ExitCode.Unavailable;
        }
        catch (NpgsqlException exception)
        {
            await Console.Error.WriteLineAsync($"The database does not answer: {exception.Message}");
            return ExitCode.Unavailable;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Refused;
        }
    }

    protected abstract Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken);

    protected virtual bool IsReset(ParseResult arguments) => false;
}
