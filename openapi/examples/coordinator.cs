#!/usr/bin/env dotnet
#:property PublishAot=false
// A coordinator's first day, in the sandbox: check a sheet, import it, correct a contact. The key is everybody's, the council is made up.
// dotnet run coordinator.cs -- http://127.0.0.1:5080 [KEY]
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

using var directory = new HttpClient { BaseAddress = new Uri(args.ElementAtOrDefault(0) ?? "http://127.0.0.1:5080") };
var key = args.ElementAtOrDefault(1) ?? "clsm_sandbox_public";
var sheet = await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(AppContext.GetData("EntryPointFilePath") as string)!, "sheet.ndjson"));

// Checking needs no key and stores nothing.
Show("checked", await SendAsync<Report>(HttpMethod.Post, "/v1/validations", sheet, "application/x-ndjson"));

// Importing needs a key of the council. The Idempotency-Key makes it safe to send again when no answer came.
directory.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
Show("imported", await SendAsync<Report>(HttpMethod.Post, "/v1/imports", sheet, "application/x-ndjson", ("Idempotency-Key", Guid.NewGuid().ToString())));

// Correct: read the contact with its ETag, change one member, and say which version was meant.
var contacts = (await directory.GetFromJsonAsync<ListOf<Contact>>("/v1/councils/sandbox/contacts"))!;
var address = $"/v1/councils/sandbox/contacts/{contacts.Items.First(contact => contact.Function == "coordinator").Id}";
using var read = await directory.GetAsync(address);
var corrected = await SendAsync<Contact>(HttpMethod.Patch, address, """{"phones":["+33199000003"]}""", "application/merge-patch+json", ("If-Match", read.Headers.ETag!.ToString()));
Console.WriteLine($"corrected: {corrected.Label} {string.Join(", ", corrected.Phones ?? [])} (version {corrected.Version})");

async Task<T> SendAsync<T>(HttpMethod method, string path, string body, string mediaType, params (string Name, string Value)[] headers)
{
    using var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, mediaType) };
    foreach (var (name, value) in headers)
    {
        request.Headers.Add(name, value);
    }

    using var answer = await directory.SendAsync(request);
    return answer.IsSuccessStatusCode
        ? (await answer.Content.ReadFromJsonAsync<T>())!
        : throw new HttpRequestException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
}

static void Show(string what, Report report) =>
    Console.WriteLine($"{what}: {string.Join("; ", report.Items.Select(item => $"{item.Council} {item.Outcome} {string.Join(", ", item.Changes)} {string.Join(", ", item.Problems.Select(problem => problem.Detail))}".TrimEnd()))}");

record Report(List<ReportItem> Items);

record ReportItem(string Council, string Outcome, List<string> Changes, List<ProblemError> Problems);

record ProblemError(string? Pointer, string Code, string Detail);

record Contact(Guid Id, string Function, string Label, int Version, List<string>? Phones);

record ListOf<T>(List<T> Items);
