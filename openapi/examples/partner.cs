#!/usr/bin/env dotnet
#:property PublishAot=false
// A partner's first day: which council covers a commune, whom to call there, and the HTML that shows it on one's own page.
// dotnet run partner.cs -- http://127.0.0.1:5080 [COMMUNE, its INSEE code or a postcode]
using System.Net;
using System.Net.Http.Json;

using var directory = new HttpClient { BaseAddress = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:5080") };
var code = args.ElementAtOrDefault(1) ?? "38185";

// What the directory refuses says why, and what was probably meant.
using var found = await directory.GetAsync($"/v1/territories/communes/{code}");
if (found.StatusCode != HttpStatusCode.OK)
{
    var problem = (await found.Content.ReadFromJsonAsync<Problem>())!;
    Console.Error.WriteLine($"{problem.Code}: {problem.Detail} {problem.Errors?.FirstOrDefault()?.Closest}");
    return 1;
}

// An empty list says that no council covers the commune; several may.
var commune = (await found.Content.ReadFromJsonAsync<Commune>())!;
Console.WriteLine($"{commune.Name} ({commune.Code}): {commune.Councils.Count} council(s)");
foreach (var council in commune.Councils)
{
    var contacts = (await directory.GetFromJsonAsync<ListOf<Contact>>($"/v1/councils/{council.Code}/contacts"))!;
    foreach (var contact in contacts.Items)
    {
        Console.WriteLine($"{contact.Label}: {string.Join(", ", [.. contact.Phones ?? [], .. contact.Emails ?? []])}");
    }

    // oEmbed gives the frame; it needs no script, and shows the council as it is whenever it is looked at.
    var page = Uri.EscapeDataString($"/embed/councils/{council.Code}");
    var embed = (await directory.GetFromJsonAsync<Embed>($"/oembed?url={page}"))!;
    Console.WriteLine(embed.Html);
}

return 0;

record Commune(string Code, string Name, List<Covering> Councils);

record Covering(string Code, string Name, string Extent);

record Contact(string Label, List<string>? Phones, List<string>? Emails);

record ListOf<T>(List<T> Items);

record Embed(string Title, string Html);

record Problem(string Code, string Detail, List<ProblemError>? Errors);

record ProblemError(string Code, string Detail, string? Closest);
