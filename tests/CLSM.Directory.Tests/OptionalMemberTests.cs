using System.Text.RegularExpressions;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Tests;

/// <summary>The members that <c>missing</c> knows are listed in C# and in the generated columns of the database: both lists are equal.</summary>
internal sealed partial class OptionalMemberTests : DirectoryFixture
{
    [Test]
    public async Task The_table_of_each_kind_of_part_lists_the_members_of_its_definition()
    {
        foreach (var type in Service.Services.GetRequiredService<PartTypeCatalogue>().All)
        {
            var column = await TestCluster.ScalarAsync<string>(
                Database.Owner,
                $"""
                select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
                join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum and a.attname = 'missing'
                where d.adrelid = 'directory.{type.Table}'::regclass
                """);
            Assert.That(Literals().Matches(column).Select(match => match.Groups[1].Value), Is.EqualTo(type.OptionalMembers), type.Table);
        }
    }

    [Test]
    public async Task The_function_of_councils_lists_the_members_of_the_filter()
    {
        var members = await TestCluster.ScalarAsync<string[]>(
            Database.Owner, "select array_agg(f.value) from directory.facets_of_council('{}') f (facet, value) where f.facet = 'missing'");
        Assert.That(members, Is.EquivalentTo(ResourceFilters.OptionalCouncilMembers));
    }

    [GeneratedRegex("'([^']+)'::text")]
    private static partial Regex Literals();
}
