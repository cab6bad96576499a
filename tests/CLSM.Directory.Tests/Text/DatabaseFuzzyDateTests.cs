using System.Globalization;
using CLSM.Directory.Model.Values;
using CLSM.Directory.Tests.Hosting;
using Npgsql;

namespace CLSM.Directory.Tests.Text;

/// <summary>The database has the calendar of fuzzy dates that the service has, seen over HTTP too.</summary>
internal sealed class DatabaseFuzzyDateTests : DirectoryFixture
{
    [Test]
    public async Task The_database_has_the_same_days_for_every_kind_of_value()
    {
        string[] values =
        [
            .. Enumerable.Range(1800, 300).SelectMany(year => Enumerable.Range(1, 12).Concat(Enumerable.Range(21, 4)).Select(part => $"{year}-{part:00}").Append($"{year}")),
            .. Enumerable.Range(0, 1500).Select(day => Day(new DateOnly(2013, 1, 1).AddDays(day))),
        ];
        await using var connection = new NpgsqlConnection(Database.Owner);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select v, directory.first_day(v), directory.last_day(v) from unnest(@values) v", connection);
        command.Parameters.AddWithValue("values", values);
        await using var reader = await command.ExecuteReaderAsync();
        var read = 0;
        for (; await reader.ReadAsync(); read++)
        {
            var value = reader.GetString(0);
            Assert.That(new FuzzyDateSpan(reader.GetFieldValue<DateOnly>(1), reader.GetFieldValue<DateOnly>(2)), Is.EqualTo(FuzzyDateSpan.Of(value)), value);
        }

        Assert.That(read, Is.EqualTo(values.Length));
    }

    [Test]
    public async Task A_part_of_a_territory_covers_the_days_of_its_seasons()
    {
        (await Administrator.PutAsync(
            "/v1/councils/test-seasons/document",
            """
            {"code":"test-seasons","kind":"clsm","name":"test-seasons","status":"active","territory":{"parts":[
              {"type":"commune","code":"57463","from":{"value":"2014-21","precision":"season"},"to":{"value":"2014-24","precision":"season"}}]}}
            """,
            null)).With(System.Net.HttpStatusCode.Created);
        Assert.That(
            await TestCluster.ScalarAsync<string>(
                TestCluster.AdministratorOf(Database),
                "select first_day || ' ' || last_day from directory.coverage v join directory.council c on c.id = v.council_id where c.code = 'test-seasons'"),
            Is.EqualTo("2014-03-01 2015-02-28"));
    }

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
