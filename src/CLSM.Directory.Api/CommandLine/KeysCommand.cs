using System.CommandLine;
using System.Globalization;
using CLSM.Directory.Api.Security.ApiKeys;
using CLSM.Directory.Api.Security.Callers;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Keys: create, list, rotate, revoke.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand()
        : base("keys", "Create, list, rotate and revoke keys.")
    {
        Subcommands.Add(new CreateCommand());
        Subcommands.Add(new ListCommand());
        Subcommands.Add(new RotateCommand());
        Subcommands.Add(new RevokeCommand());
    }

    private sealed class CreateCommand : DatabaseCommand
    {
        private static readonly Argument<string> KeyName = new("NAME") { Description = "Whose key it is, or what for." };
        private static readonly Option<bool> Administrator = new("--admin") { Description = "May write everything." };
        private static readonly Option<string[]> Council = new("--council")
        {
            Description = "May write this council; may be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };

        private static readonly Option<string[]> Region = new("--region")
        {
            Description = "May read the contacts for partners of this region's councils (INSEE code); may be repeated.",
            AllowMultipleArgumentsPerToken = true,
        };

        private static readonly Option<int?> Days = new("--days") { Description = "Expires after so many days." };

        public CreateCommand()
            : base("create", "Create a key and show it, this once.")
        {
            Arguments.Add(KeyName);
            Options.Add(Administrator);
            Options.Add(Council);
            Options.Add(Region);
            Options.Add(Days);
            Validators.Add(result =>
            {
                if (result.GetValue(Administrator) == (result.GetValue(Council) is { Length: > 0 } || result.GetValue(Region) is { Length: > 0 }))
                {
                    result.AddError("Say either --admin, or --council CODE or --region CODE, each as often as needed.");
                }

                if (result.GetValue(Days) is < 1 or > 3650)
                {
                    result.AddError("--days is from 1 to 3650.");
                }
            });
        }

        protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
        {
            var expires = arguments.GetValue(Days) is { } days ? TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(days) : (DateTime?)null;
            try
            {
                var scopes = new GrantedScopes(
                    arguments.GetValue(Administrator), arguments.GetValue(Council) ?? [], arguments.GetValue(Region) ?? []);
                var (id, secret) = await new ApiKeyAdministration(access.Database.Owner).CreateAsync(
                    arguments.GetValue(KeyName)!, scopes, expires, cancellationToken);
                await Console.Error.WriteLineAsync($"Key {id} created. It is shown this once only:");
                await Console.Out.WriteLineAsync(secret);
                return ExitCode.Done;
            }
            catch (UnknownScopeException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return ExitCode.Refused;
            }
        }
    }

    private sealed class ListCommand() : DatabaseCommand("list", "List the keys, without their secrets.")
    {
        protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
        {
            foreach (var key in await new ApiKeyAdministration(access.Database.Owner).ListAsync(cancellationToken))
            {
                var used = key.LastUsedAt is { } last ? $"used {last.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}" : "never used";
                var state = key.RevokedAt is { } revoked ? $"revoked {Day(revoked)}" : key.ExpiresAt is { } expires ? $"expires {Day(expires)}" : "valid";
                await Console.Out.WriteLineAsync($"{key.Id}\t{key.Name}\t{string.Join(",", key.Scopes)}\tcreated {Day(key.CreatedAt)}\t{state}\t{used}");
            }

            return ExitCode.Done;
        }

        private static string Day(DateTime instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private sealed class RotateCommand : DatabaseCommand
    {
        private static readonly Argument<string> Key = new("KEY") { Description = "Id or name of the key." };
        private static readonly Option<int> OverlapHours = new("--overlap-hours")
        {
            Description = "For how many hours the secret before goes on beside the new one.",
            DefaultValueFactory = _ => (int)ApiKeyQueries.DefaultOverlap.TotalHours,
        };

        public RotateCommand()
            : base("rotate", "Give a key a new secret and show it, this once; the one before goes on for a while.")
        {
            Arguments.Add(Key);
            Options.Add(OverlapHours);
            Validators.Add(result =>
            {
                if (result.GetValue(OverlapHours) is < 0 or > 720)
                {
                    result.AddError("--overlap-hours is from 0 to 720.");
                }
            });
        }

        protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
        {
            var overlap = TimeSpan.FromHours(arguments.GetValue(OverlapHours));
            if (await new ApiKeyAdministration(access.Database.Owner).RotateAsync(arguments.GetValue(Key)!, overlap, cancellationToken) is not var (id, secret))
            {
                await Console.Error.WriteLineAsync("There is no valid key of this id or name, or several of the name.");
                return ExitCode.Refused;
            }

            await Console.Error.WriteLineAsync($"Key {id} has a new secret. It is shown this once only; the one before goes on for {overlap.TotalHours} hours:");
            await Console.Out.WriteLineAsync(secret);
            return ExitCode.Done;
        }
    }

    private sealed class RevokeCommand : DatabaseCommand
    {
        private static readonly Argument<string> Key = new("KEY") { Description = "Id or name of the key." };

        public RevokeCommand()
            : base("revoke", "Revoke a key by its id, or all keys of a name.") => Arguments.Add(Key);

        protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
        {
            var count = await new ApiKeyAdministration(access.Database.Owner).RevokeAsync(arguments.GetValue(Key)!, cancellationToken);
            if (count == 0)
            {
                await Console.Error.WriteLineAsync("There is no valid key of this id or name.");
                return ExitCode.Refused;
            }

            await Console.Out.WriteLineAsync($"{count} revoked.");
            return ExitCode.Done;
        }
    }
}
