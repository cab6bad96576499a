#!/usr/bin/env dotnet
#:property PublishAot=false
// An agency's first day: find the councils of its region, read all of them page by page, take an export, then follow what changes.
// dotnet run agency.cs -- http://127.0.0.1:5080 [REGION]
using System.Net.Http.Json;

using var directory = new HttpClient { BaseAddress = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:5080") };
var region = args.ElementAtOrDefault(1) ?? "84";

// Filter, and go through the pages: `next` is null on the last one.
var councils = new List<Council>();
string? cursor = null;
do
{
    var page = await GetAsync<ListOf<Council>>($"/v1/councils?region={region}&limit=2&fields=code,name,status{(cursor is null ? "" : $"&cursor={cursor}")}");
    councils.AddRange(page.Items);
    cursor = page.Page.Next;
}
while (cursor is not null);
foreach (var council in councils)
{
    Console.WriteLine($"{council.Code}: {council.Name} ({council.Status})");
}

// Export: everything that matches, of one instant, with the cursor at which the feed goes on.
using var export = await directory.GetAsync($"/v1/exports/contacts.csv?region={region}");
export.EnsureSuccessStatusCode();
await using (var file = File.Create("contacts.csv"))
{
    await export.Content.CopyToAsync(file);
}

var after = export.Headers.GetValues("Changes-Cursor").Single();
Console.WriteLine($"contacts.csv: {new FileInfo("contacts.csv").Length} bytes");

// Follow: what came after the export. A program that goes on asks again with `after`, and `wait=30` to be told at once.
var changes = await GetAsync<ListOf<Change>>($"/v1/changes?region={region}&after={after}");
Console.WriteLine($"{changes.Items.Count} changes since the export");
foreach (var change in changes.Items)
{
    Console.WriteLine($"{change.At:u} {change.Operation} {change.Type} {change.Council} {change.Href}");
}

async Task<T> GetAsync<T>(string path) => (await directory.GetFromJsonAsync<T>(path))!;

record Council(string Code, string Name, string Status);

record Change(string Cursor, DateTimeOffset At, string Council, string Type, string Operation, string? Href);

record ListOf<T>(List<T> Items, Position Page);

record Position(string? Next, string? After);
