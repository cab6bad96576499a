using System.Net;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Problems;
using CLSM.Directory.Tests.Hosting;

namespace CLSM.Directory.Tests;

/// <summary>Pages of any list: the cursor of the next page, and cursors that no list wrote.</summary>
internal sealed class PagingTests : DirectoryFixture
{
    private static readonly PageRequest Request = new(2, SortField.Name, false, null, "/v1/things?");

    [Test]
    public void A_row_more_than_the_page_holds_gives_the_cursor_of_the_last_row_shown()
    {
        var page = Request.ToPage(["a", "b", "c"], 5, row => new Cursor(row));
        Assert.That(page.Items, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(page.Information.Total, Is.EqualTo(5));
        Assert.That(Cursor.Read(page.Information.Next!, Request.Scope, SortField.Name), Is.EqualTo(new Cursor("b")));
    }

    [Test]
    public void A_page_that_is_just_full_is_the_last_one() =>
        Assert.That(Request.ToPage(["a", "b"], 2, row => new Cursor(row)).Information.Next, Is.Null);

    [Test]
    public void A_cursor_is_valid_only_for_its_list_and_its_order()
    {
        var text = new Cursor("b").Write(Request.Scope);
        Assert.That(Cursor.Read(text, "/v1/others?", SortField.Name), Is.Null);
        Assert.That(Cursor.Read(text, Request.Scope, SortField.UpdatedAt), Is.Null);
        Assert.That(Cursor.Read(text, Request.Scope, SortField.Version), Is.Null);
    }

    [Test]
    public void A_result_is_a_value_or_a_problem()
    {
        Result<string> value = "found";
        Result<string> problem = ApiProblem.NotFound("it");
        Assert.That(value.TryGet(out var found, out _), Is.True);
        Assert.That(found, Is.EqualTo("found"));
        Assert.That(problem.TryGet(out _, out var refusal), Is.False);
        Assert.That(refusal!.Status, Is.EqualTo(404));
        Assert.That(() => default(Result<string>).TryGet(out _, out _), Throws.InvalidOperationException);
    }

    [TestCase("communes", "Metz")]
    [TestCase("communes", "0\nMetz")]
    [TestCase("departments", "first\n57")]
    [TestCase("regions", "0\n44\n57")]
    public async Task A_cursor_of_territories_that_was_made_up_is_refused(string list, string key)
    {
        var path = $"/v1/territories/{list}";
        (await Anonymous.GetAsync($"{path}?cursor={new Cursor(key).Write($"{path}?")}")).With(HttpStatusCode.BadRequest).Error("cursor");
    }

    [Test]
    public async Task A_cursor_of_territories_from_before_is_still_valid()
    {
        const string Path = "/v1/territories/departments";
        var page = (await Anonymous.GetAsync($"{Path}?limit=1&cursor={new Cursor("0\n56").Write($"{Path}?")}")).With(HttpStatusCode.OK);
        Assert.That(page.Items.Single().Text("code"), Is.EqualTo("57"));
    }
}
