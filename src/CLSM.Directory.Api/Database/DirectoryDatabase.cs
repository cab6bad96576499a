using System.Security.Cryptography;
using System.Text;
using CLSM.Directory.Api.Database.Contexts;
using CLSM.Directory.Api.Web.Resources;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace CLSM.Directory.Api.Database;

/// <summary>One database of the directory: how each role reaches it.</summary>
/// <param name="Owner">Connection string of the role that owns the schema: migrations and keys.</param>
/// <param name="Service">Connection string of the role that reads and writes one council at a time.</param>
/// <param name="Reader">Connection string of the role that reads what is public.</param>
internal sealed record DirectoryDatabase(string Owner, string Service, string Reader)
{
    /// <summary>A direct connection to the primary server to listen on, where the reader's goes through a pooler or to a standby.</summary>
    public string? Direct { get; init; }

    /// <summary>Whether the service clears its files by itself after an erasure, as the owner of a database that nobody looks after.</summary>
    public bool ClearsItself { get; init; }

    /// <summary>Connection string to listen on for notifications.</summary>
    public string Notifications => Direct ?? Reader;

    /// <summary>
    /// Makes roles and database in a cluster that its administrator reaches. Passwords of the roles are derived from the administrator's,
    /// so that a second call, or a second process, finds the same ones.
    /// </summary>
    public static async Task<DirectoryDatabase> PrepareAsync(string administration, string name, CancellationToken cancellationToken)
    {
        var secret = new NpgsqlConnectionStringBuilder(administration).Password
            ?? throw new InvalidOperationException("The administrative connection string has no password to derive the roles' passwords from.");
        await using var source = NpgsqlDataSource.Create(administration);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);

        // Two processes may prepare the same cluster at once, and roles have no "if not exists".
        await ExecuteAsync(connection, "select pg_advisory_lock(hashtext('clsm-directory roles'))", cancellationToken);
        await ExecuteAsync(connection, EmbeddedResource.Read("Database.roles.sql"), cancellationToken);
        foreach (var role in new[] { "clsm_owner", "clsm_service", "clsm_reader" })
        {
            await ExecuteAsync(connection, $"alter role {role} password '{Password(secret, role)}'", cancellationToken);
        }

        await using var exists = new NpgsqlCommand("select exists (select from pg_database where datname = $1)", connection) { Parameters = { new() { Value = name } } };
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            await ExecuteAsync(connection, $"create database \"{name}\" owner clsm_owner template template0 encoding 'UTF8'", cancellationToken);
            await ExecuteAsync(connection, $"revoke all on database \"{name}\" from public; grant connect on database \"{name}\" to clsm_service, clsm_reader", cancellationToken);
        }

        await using (var inside = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(administration) { Database = name, Pooling = false }.ConnectionString))
        {
            await inside.OpenAsync(cancellationToken);
            await ExecuteAsync(inside, "grant execute on function pg_switch_wal() to clsm_owner", cancellationToken);
        }

        await ExecuteAsync(connection, "select pg_advisory_unlock(hashtext('clsm-directory roles'))", cancellationToken);
        return In(administration, name);
    }

    /// <summary>The roles' connection strings for a database of a cluster that was prepared.</summary>
    public static DirectoryDatabase In(string administration, string name)
    {
        var builder = new NpgsqlConnectionStringBuilder(administration) { Database = name };
        var secret = builder.Password!;
        return new DirectoryDatabase(As("clsm_owner"), As("clsm_service"), As("clsm_reader"));

        string As(string role)
        {
            builder.Username = role;
            builder.Password = Password(secret, role);
            return builder.ConnectionString;
        }
    }

    /// <summary>The secret of objections for a database of a cluster that was prepared: always the same one.</summary>
    public static string ObjectionSecretOf(string administration) =>
        Password(new NpgsqlConnectionStringBuilder(administration).Password!, "objections");

    /// <summary>Brings the schema up to date.</summary>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var schema = SchemaDbContext.For(Owner);
        await schema.Database.MigrateAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static string Password(string secret, string role) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(role)));
}
