using CLSM.Directory.Api.Sandbox;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.Contract;

/// <summary>What the contract says about the whole service.</summary>
internal static class ContractText
{
    public const string SecurityScheme = "key";

    public static readonly OpenApiInfo Information = new()
    {
        Title = "CLSM Directory",
        Version = "v1",
        Summary = "Annuaire national des conseils locaux de santé mentale",
        Description =
            $$$"""
            The national directory of France's *conseils locaux de santé mentale* (CLSM): who they are, where, how they are governed, who takes part and whom to call.

            - **Reading** what is public needs no key. Try every GET below as it stands.
            - **Lists** answer `{"items": […], "page": {"size", "next", "total"}}`; go on with `cursor=` and the value of `page.next`, or follow the `Link` header.
            - **Absent is not empty**: what no source states is absent, and `evidence` says whether it is stated, inferred, or not stated.
            - **Nothing is ignored**: an unknown parameter or member is refused with the closest valid one.
            - **Writing** needs a key (`Authorize`), and `If-Match` with the ETag that was read; `*` stands for any.
            - {{{SandboxKey.Text}}}
            - **Errors** are problem+json (RFC 9457) with stable codes, in French, or in English with `Accept-Language: en`.
            """,
        License = new OpenApiLicense { Name = "Licence Ouverte 2.0 (data)", Url = new Uri("https://www.etalab.gouv.fr/licence-ouverte-open-licence/") },
        Contact = new OpenApiContact { Name = "CLSM Directory" },
    };

    public static readonly IReadOnlyList<(string Name, string Description)> Tags =
    [
        ("Councils", "The councils themselves, one by one, as a national list, and as whole documents."),
        ("Governance bodies", "Steering committees, plenary assemblies and other bodies of the councils."),
        ("Working groups", "Where the councils work, by theme."),
        ("Organisations", "Who takes part in the councils."),
        ("Contacts", "Whom to call, by function."),
        ("Events", "What the councils hold or take part in."),
        ("Changes", "What was created, changed and removed, in the order in which it was committed, for ever: to keep a copy exact."),
        ("Search", "Words, typed by people: everything in the directory, ranked."),
        ("Territories", "Communes, EPCI, départements and regions, and which councils cover them."),
        ("Sheets", "The flat format that people fill in: import it, or check it first."),
        ("Embedding", "How partners' web sites show councils. The pages themselves begin at `/embed`."),
        ("Keys", "Who may write, and who may see what is restricted; for administrators."),
        ("Vocabularies", "The code lists that the data uses."),
    ];
}
