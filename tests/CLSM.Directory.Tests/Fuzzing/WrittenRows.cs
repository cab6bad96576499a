using CLSM.Directory.Api.Database;
using Npgsql;

namespace CLSM.Directory.Tests.Fuzzing;

/// <summary>
/// Counts every row that any committed transaction wrote to any table of the directory, by a trigger on each: what was rolled back is not
/// counted, whatever else goes on in the database.
/// </summary>
internal sealed class WrittenRows : IAsyncDisposable
{
    private readonly NpgsqlDataSource database;

    private WrittenRows(NpgsqlDataSource database) => this.database = database;

    /// <summary>From here on. When a key was last used is noted beside the requests and is nobody's data.</summary>
    public static async Task<WrittenRows> WatchAsync(DirectoryDatabase directory)
    {
        var administrator = TestCluster.AdministratorOf(directory);
        await TestCluster.ExecuteAsync(
            administrator,
            """
            create schema watch;
            create table watch.written (at text not null);
            create function watch.note() returns trigger language plpgsql security definer as $$
            begin
                insert into watch.written values (tg_table_name || ' ' || lower(tg_op));
                return null;
            end $$;
            do $$
            declare t regclass;
            begin
                for t in select oid::regclass from pg_class
                         where relnamespace = 'directory'::regnamespace and relkind = 'r' and relname not in ('api_key', 'api_key_entry') loop
                    execute format('create trigger zz_watch after insert or update or delete on %s for each row execute function watch.note()', t);
                end loop;
            end $$
            """);
        return new WrittenRows(NpgsqlDataSource.Create(administrator));
    }

    /// <summary>The rows written since it was last asked, by table; null where there is none.</summary>
    public async Task<string?> SinceLastAsync()
    {
        await using var command = database.CreateCommand("with gone as (delete from watch.written returning at) select string_agg(distinct at, ', ') from gone");
        return await command.ExecuteScalarAsync() as string;
    }

    public async ValueTask DisposeAsync() => await database.DisposeAsync();
}
