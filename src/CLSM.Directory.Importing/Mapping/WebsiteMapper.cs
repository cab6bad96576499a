using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;

namespace CLSM.Directory.Importing.Mapping;

/// <summary>The website of a council, and other links.</summary>
internal sealed class WebsiteMapper(MappingContext context)
{
    public (string? Website, List<Link>? Links) Map()
    {
        string? website = null;
        var links = new List<Link>();
        foreach (var leaf in context.List(context.Sheet["siteWeb"]).SelectMany(cell => cell.Leaves()))
        {
            if (WebAddress.FindIn(leaf.Text!) is not { } address)
            {
                context.Note(new ValidationError("malformed-web-address", [leaf.Text!]) { Value = leaf.Text }, leaf);
                context.Unmapped.Keep(leaf);
                continue;
            }

            if (website is null)
            {
                website = address;
                if (!leaf.Text!.Contains(address, StringComparison.Ordinal))
                {
                    context.Evidence["/website"] = SheetEvidence.Inferred($"La fiche écrit « {leaf.Text} » ; https:// est ajouté.");
                    context.Unmapped.MarkUsed(leaf);
                }
            }
            else if (links.Count < 50)
            {
                links.Add(new Link { Label = leaf.Text!.Length <= 300 ? leaf.Text! : address[..Math.Min(300, address.Length)], Url = address });
            }
        }

        return (website, links.NullIfEmpty());
    }
}
