using CLSM.Directory.Api.Web.Endpoints;

namespace CLSM.Directory.Api.Features.Guides;

/// <summary>The three first steps of one kind of reader. In commands, <c>{root}</c> is this installation, <c>{sandbox}</c> the public key.</summary>
internal sealed record FirstSteps(string Code, Bilingual Title, Bilingual Purpose, IReadOnlyList<FirstStep> Steps)
{
    private static readonly FirstSteps Agency = new(
        "agency",
        new("Les trois premiers pas d’une agence", "The three first steps of an agency"),
        new(
            "Une copie exacte des conseils d’une région, tenue à jour chaque nuit sans rien manquer. Aucune clé n’est nécessaire pour ce qui est public.",
            "An exact copy of the councils of a region, kept fresh every night without missing anything. What is public needs no key."),
        [
            new(
                new("Choisir", "Choose"),
                new(
                    "Les conseils du Grand Est (région 44). Les mêmes filtres valent pour les listes, les exports, les changements et les statistiques.",
                    "The councils of Grand Est (region 44). The same filters go for lists, exports, changes and statistics."),
                "curl -sS --fail '{root}/v1/councils?region=44&limit=100' | jq '.page.total, .items[].name'"),
            new(
                new("Copier", "Copy"),
                new(
                    "Tout, en une réponse et d’un même instant ; l’en-tête Changes-Cursor dit jusqu’où va la copie.",
                    "Everything, in one answer and of one instant; the header Changes-Cursor says how far the copy goes."),
                "curl -sS --fail -D headers.txt -o councils.ndjson '{root}/v1/exports/documents.ndjson?region=44' && wc -l councils.ndjson"),
            new(
                new("Suivre", "Follow"),
                new(
                    "Chaque nuit : ce qui a changé depuis ce curseur, dans l’ordre, sans trou ni double. Garder page.after pour la nuit suivante.",
                    "Every night: what has changed since that cursor, in order, without gap or double. Keep page.after for the next night."),
                "cursor=$(sed -n 's/^changes-cursor: *//ip' headers.txt | tr -d '\\r')\ncurl -sS --fail \"{root}/v1/changes?region=44&after=$cursor\" | jq '.items, .page.after'"),
        ]);

    private static readonly FirstSteps Partner = new(
        "partner",
        new("Les trois premiers pas d’un site partenaire", "The three first steps of a partner’s web site"),
        new(
            "Le conseil d’une commune sur le site d’une ville, d’un hôpital, d’une association : toujours à jour, sans clé, sans cookie, sans traceur.",
            "The council of a commune on the site of a city, a hospital, an association: always fresh, without keys, cookies or trackers."),
        [
            new(
                new("Trouver", "Find"),
                new("Les conseils qui couvrent la commune, ici Metz (code INSEE 57463).", "The councils that cover the commune, here Metz (INSEE code 57463)."),
                "curl -sS --fail '{root}/v1/councils?commune=57463' | jq '.items[] | {code, name, website}'"),
            new(
                new("Coller", "Paste"),
                new(
                    "La page /embed écrit la ligne de HTML et montre l’aperçu ; ou bien demander le code à oEmbed, comme WordPress le fait d’un lien collé.",
                    "The page /embed writes the line of HTML and shows a preview; or ask oEmbed for it, as WordPress does with a pasted link."),
                "curl -sS --get --data-urlencode 'url={root}/embed/councils/metz' '{root}/oembed' | jq -r .html",
                "/embed?commune=57463"),
            new(
                new("Vérifier", "Check"),
                new("Ce que verront les visiteurs, sans aucun script.", "What visitors will see, without any script."),
                "curl -sS --fail '{root}/embed/councils?commune=57463' | grep -o '<h1[^>]*>[^<]*'",
                "/embed/councils?commune=57463"),
        ]);

    private static readonly FirstSteps Coordinator = new(
        "coordinator",
        new("Les trois premiers pas d’un coordonnateur", "The three first steps of a coordinator"),
        new(
            "Voir ce que l’annuaire sait d’un conseil, vérifier une fiche, corriger. Pour corriger son propre conseil, demander sa clé à l’administration de l’annuaire.",
            "See what the directory knows of a council, check a sheet, correct. To correct one’s own council, ask the administration of the directory for its key."),
        [
            new(
                new("Voir", "See"),
                new("Ce qui manque, et quoi faire pour chaque manque, ici pour Grenoble.", "What is missing, and what to do about each, here for Grenoble."),
                "curl -sS --fail '{root}/v1/councils/grenoble/quality' | jq ."),
            new(
                new("Vérifier une fiche", "Check a sheet"),
                new(
                    "Le modèle s’ouvre dans un tableur. La vérification dit ligne par ligne ce qui serait enregistré, et n’enregistre rien.",
                    "The template opens in a spreadsheet. The check says line by line what would be stored, and stores nothing."),
                "curl -sS --fail -o sheet.csv '{root}/v1/sheets/template.csv'\ncurl -sS --fail -H 'Content-Type: text/csv' --data-binary @sheet.csv '{root}/v1/validations' | jq ."),
            new(
                new("Corriger", "Correct"),
                new(
                    "Lire le conseil et sa version (ETag), puis envoyer ce qui change avec If-Match : personne n’écrase ainsi le travail d’un autre. Ici dans le bac à sable, un conseil fictif où chacun peut écrire avec cette clé ; il est remis à neuf chaque nuit.",
                    "Read the council and its version (ETag), then send what changes with If-Match: so nobody overwrites another’s work. Here in the sandbox, a made-up council to which anybody may write with this key; it is made new every night."),
                """
                key='Authorization: Bearer {sandbox}'
                etag=$(curl -sS --fail -o council.json -D - -H "$key" '{root}/v1/councils/sandbox' | sed -n 's/^etag: *//ip' | tr -d '\r')
                curl -sS --fail -X PATCH -H "$key" -H "If-Match: $etag" -H 'Content-Type: application/merge-patch+json' -d '{"shortName":"Conseil fictif"}' '{root}/v1/councils/sandbox' | jq -r .shortName
                """),
        ]);

    public static IReadOnlyList<FirstSteps> All { get; } = [Agency, Partner, Coordinator];
}

/// <summary>One step: its title, why, the command, and the page to look at, where there is one.</summary>
internal sealed record FirstStep(Bilingual Title, Bilingual Text, string Command, string? Page = null);
