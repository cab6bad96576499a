using System.CommandLine;
using System.Globalization;
using CLSM.Directory.Api.Geography;
using Npgsql;

namespace CLSM.Directory.Api.CommandLine;

/// <summary>The territorial reference: what is loaded, and a new vintage of it.</summary>
internal sealed class ReferenceCommand : Command
{
    public ReferenceCommand()
        : base("reference", "The territorial reference: communes, EPCI, départements, regions.")
    {
        Subcommands.Add(new UpdateCommand());
        Subcommands.Add(new StatusCommand());
    }

    private sealed class UpdateCommand : DatabaseCommand
    {
        private static readonly Argument<FileInfo[]> Files = new("FILE")
        {
            Description = $"Files of the reference: {string.Join(", ", ReferenceFile.All.Select(file => file.Name))}, compressed (.gz) or not. "
                + "Those that are not given stay.",
            Arity = ArgumentArity.OneOrMore,
        };

        private static readonly Option<int?> Vintage = new("--vintage") { Description = "Year of the lists of communes and EPCI, as answers will say it." };

        private static readonly Option<int?> PopulationYear = new("--population-year") { Description = "Year of the populations, as answers will say it." };

        public UpdateCommand()
            : base("update", "Take in a new vintage, all of it or nothing (needs ConnectionStrings__Owner on a deployed database).")
        {
            Arguments.Add(Files);
            Options.Add(Vintage);
            Options.Add(PopulationYear);
            Validators.Add(result =>
            {
                var files = result.GetValue(Files) ?? [];
                foreach (var file in files.Where(file => !file.Exists))
                {
                    result.AddError($"{file.Name}: no such file");
                }

                foreach (var file in files.Where(file => ReferenceFile.Named(file.Name) is null))
                {
                    var known = string.Join(", ", ReferenceFile.All.Select(known => known.Name));
                    result.AddError($"{file.Name}: the files of the reference are {known}, compressed (.gz) or not");
                }

                if (files.GroupBy(file => ReferenceFile.Named(file.Name)).Any(same => same.Count() > 1))
                {
                    result.AddError("A file is given twice.");
                }
            });
        }

        protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
        {
            if (access.Database.Owner.Length == 0)
            {
                await Console.Error.WriteLineAsync("ConnectionStrings__Owner is not set.");
                return ExitCode.Refused;
            }

            try
            {
                List<ReferenceSource> files = [.. arguments.GetValue(Files)!.Select(file => new ReferenceSource(file.Name, file.OpenRead))];
                var outcome = await ReferenceLoading.UpdateAsync(
                    access.Database.Owner, files, new ReferenceVintage(arguments.GetValue(Vintage), arguments.GetValue(PopulationYear)), cancellationToken);
                await Console.Out.WriteLineAsync(outcome.HasChanged
                    ? $"Reference {outcome.Version}: {outcome.Written} rows written, {outcome.Removed} removed; "
                        + $"the councils' coverage changed in {outcome.Coverage} rows."
                    : $"Reference {outcome.Version}: unchanged.");
                return ExitCode.Done;
            }
            catch (ReferenceRefusedException exception)
            {
                await Console.Error.WriteLineAsync(exception.Message);
                await Console.Error.WriteLineAsync("Nothing was changed.");
                return ExitCode.Refused;
            }
        }
    }

    private sealed class StatusCommand() : DatabaseCommand("status", "Say which reference is loaded.")
    {
        protected override async Task<int> RunAsync(DatabaseConnector access, ParseResult arguments, CancellationToken cancellationToken)
        {
            await using var source = NpgsqlDataSource.Create(access.Database.Reader);
            var status = await ReferenceStatusQueries.ReadAsync(source, cancellationToken);
            await Console.Out.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"""
                reference      {status.Version}, loaded {status.LoadedAt:yyyy-MM-dd HH:mm:ss} UTC
                vintage        {status.Vintage}, populations of {status.PopulationYear}
                communes       {status.Communes}, and {status.OtherCodes} other codes (arrondissements, delegated, associated and former communes)
                EPCI           {status.Epcis}
                départements   {status.Departments}
                regions        {status.Regions}
                covered        {status.CoveredCommunes} communes or arrondissements, wholly or in part
                """));
            return ExitCode.Done;
        }
    }
}
