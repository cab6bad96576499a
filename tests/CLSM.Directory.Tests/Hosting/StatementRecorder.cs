using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace CLSM.Directory.Tests.Hosting;

/// <summary>Keeps the statements that the service really sends, with their parameters, so that they can be explained.</summary>
internal sealed class StatementRecorder : DbCommandInterceptor
{
    private readonly List<(string Sql, NpgsqlParameter[] Parameters)> statements = [];

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        lock (statements)
        {
            statements.Add((command.CommandText, [.. command.Parameters.Cast<NpgsqlParameter>().Select(parameter => parameter.Clone())]));
        }

        return base.ReaderExecutingAsync(command, eventData, result, cancellationToken);
    }

    /// <summary>What was sent since the last time.</summary>
    public IReadOnlyList<(string Sql, NpgsqlParameter[] Parameters)> Take()
    {
        lock (statements)
        {
            List<(string, NpgsqlParameter[])> taken = [.. statements];
            statements.Clear();
            return taken;
        }
    }
}
