using CLSM.Directory.Api.Features.Sandbox;
using Microsoft.OpenApi;

namespace CLSM.Directory.Api.OpenApi;

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
            **First steps**, three each: [of an agency](/guides/agency) · [of a partner’s web site](/guides/partner) · [of a coordinator](/guides/coordinator). See also [every error](/problems), [changes of this contract](/changelog), and [how to show a council on a web site](/embed).

            The national directory of France's *conseils locaux de santé mentale* (CLSM): who they are, where, how they are governed, who takes part and whom to call.

            - **Reading** what is public needs no key. Try every GET below as it stands.
            - **Lists** answer `{"items": […], "page": {"size", "next", "total"}}`; go on with `cursor=` and the value of `page.next`, or follow the `Link` header.
            - **Absent is not empty**: what no source states is absent, and `evidence` says whether it is stated, inferred, or not stated.
            - **Nothing is ignored**: an unknown parameter or member is refused with the closest valid one.
            - **Writing** needs a key (`Authorize`), and `If-Match` with the ETag that was read; `*` stands for any.
            - {{{SandboxKey.Text}}}
            - **Old is marked**: while the database cannot be reached, public reads that were answered lately go on with `Age`, `Cache-Status` and `Warning: 110`; all else is a 503 with `Retry-After`.
            - **Errors** are problem+json (RFC 9457) with stable codes ([all of them](/problems)), in French, or in English with `Accept-Language: en`.
            """,
        License = new OpenApiLicense { Name = "Licence Ouverte 2.0 (data)", Url = new Uri("https://www.etalab.gouv.fr/licence-ouverte-open-licence/") },
        Contact = new OpenApiContact { Name = "CLSM Directory" },
    };
}
