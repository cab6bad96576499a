using System.CommandLine;
using System.Globalization;
using CLSM.Directory.Api.Security;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>Keys for writing: create, list, revoke.</summary>
internal sealed class KeysCommand : Command
{
    public KeysCommand()
        : base("keys", "Create, list and revoke keys for writing.")
    {
        Subcommands.Add(new CreateCommand());
        Subcommands.Add(new ListCommand());
        Subcommands.Add(new RevokeCommand());
    }

    private sealed class CreateCommand : DatabaseCommand
    {
        private static readonly Argument<string> KeyName = new("NAME") { Description = "Whose key it is, or what for." };
        private static readonly Option<bool> Administrator = new("--admin") { Description = "May write everything." };
        private static readonly Option<string[]> Council = new("--council") { Description = "May write this council; may be repeated.", AllowMultipleArgumentsPerToken = true };
        private static readonly Option<int?> Days = new("--days") { Description = "Expires after so many days." };

        public CreateCommand()
            : base("create", "Create a key and show it, this once.")
        {
            Arguments.Add(KeyName);
            Options.Add(Administrator);
            Options.Add(Council);
            Options.Add(Days);
            Validators.Add(result =>
            {
                if (result.GetValue(Administrator) == (result.GetValue(Council) is { Length: > 0 }))
                {
                    result.AddError("Say either --admin or one or more --council CODE.");
                }

                if (result.GetValue(Days) is < 1 or > 3650)
                {
                    result.AddError("--days is from 1 to 3650.");
                }
            });
        }

        protected override async Task<int> RunAsync(DatabaseAccess access, ParseResult arguments, CancellationToken cancellationToken)
        {
            var expires = arguments.GetValue(Days) is { } days ? DateTime.UtcNow.AddDays(days) : (DateTime?)null;
            try
            {
                var (id, secret) = await new ApiKeyRegister(access.Database.Owner).CreateAsync(
                    arguments.GetValue(KeyName)!, arguments.GetValue(Administrator), arguments.GetValue(Council) ?? [], expires, cancellationToken);
                await Console.Error.WriteLineAsync($"Key {id} created. It is shown this once only:");
                await Console.Out.WriteLineAsync(secret);
                return ExitCode.Done;
            }
            catch (UnknownCouncilException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                return ExitCode.Refused;
            }
        }
    }

    private sealed class ListCommand() : DatabaseCommand("list", "List the keys, without their secrets.")
    {
        protected override async Task<int> RunAsync(DatabaseAccess access, ParseResult arguments, CancellationToken cancellationToken)
        {
            foreach (var key in await new ApiKeyRegister(access.Database.Owner).ListAsync(cancellationToken))
            {
                var scope = key.IsAdministrator ? "admin" : string.Join(",", key.Councils.Select(code => $"council:{code}"));
                var state = key.RevokedAt is { } revoked ? $"revoked {Day(revoked)}" : key.ExpiresAt is { } expires ? $"expires {Day(expires)}" : "valid";
                await Console.Out.WriteLineAsync($"{key.Id}\t{key.Name}\t{scope}\tcreated {Day(key.CreatedAt)}\t{state}");
            }

            return ExitCode.Done;
        }

        private static string Day(DateTime instant) => instant.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private sealed class RevokeCommand : DatabaseCommand
    {
        private static readonly Argument<string> Key = new("KEY") { Description = "Id or name of the key." };

        public RevokeCommand()
            : base("revoke", "Revoke a key by its id, or all keys of a name.") => Arguments.Add(Key);

        protected override async Task<int> RunAsync(DatabaseAccess access, ParseResult arguments, CancellationToken cancellationToken)
        {
            var count = await new ApiKeyRegister(access.Database.Owner).RevokeAsync(arguments.GetValue(Key)!, cancellationToken);
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
