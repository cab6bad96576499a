using System.Collections.Frozen;
using System.Globalization;

namespace CLSM.Directory.Api.Web.Problems;

/// <summary>Every problem and error that the service can report: its title and its sentence in French and in English.</summary>
internal static class ProblemCatalogue
{
    private static readonly FrozenDictionary<string, Entry> Entries = new Entry[]
    {
        // Requests as a whole
        new("not-found", "Introuvable", "Not found", "« {0} » n’existe pas dans l’annuaire.", "“{0}” does not exist in the directory."),
        new("unknown-path", "Adresse inconnue", "Unknown address", "Rien ne répond à cette adresse ; le contrat est à /openapi/v1.json.", "Nothing answers at this address; the contract is at /openapi/v1.json."),
        new("removed", "Retiré", "Removed", "« {0} » a été retiré de l’annuaire. Motif : {1}.", "“{0}” was removed from the directory. Reason: {1}."),
        new("method-not-allowed", "Méthode non permise", "Method not allowed", "La méthode {0} n’est pas permise à cette adresse ; voir l’en-tête Allow.", "The method {0} is not allowed at this address; see the Allow header."),
        new("not-acceptable", "Format non disponible", "Format not available", "Cette adresse répond en {0}.", "This address answers in {0}."),
        new("unsupported-media-type", "Format d’envoi non accepté", "Content type not accepted", "Cette adresse attend un corps en {0}.", "This address expects a body in {0}."),
        new("content-too-large", "Corps trop volumineux", "Content too large", "Le corps de la requête dépasse {0} octets.", "The body of the request is over {0} bytes."),
        new("unknown-parameter", "Paramètre inconnu", "Unknown parameter", "Un paramètre n’est pas connu à cette adresse ; rien n’a été ignoré ni deviné.", "A parameter is not known at this address; nothing was ignored or guessed."),
        new("invalid-parameter", "Paramètre invalide", "Invalid parameter", "La valeur d’un paramètre n’est pas valide.", "The value of a parameter is not valid."),
        new("malformed-json", "JSON mal formé", "Malformed JSON", "Le corps n’est pas un JSON lisible, ligne {0}, octet {1}.", "The body is not readable JSON, line {0}, byte {1}."),
        new("too-deep", "JSON trop profond", "JSON too deep", "Le corps a plus de {0} niveaux, ligne {1}.", "The body has more than {0} levels, line {1}."),
        new("invalid-utf8", "Octets qui ne sont pas de l’UTF-8", "Bytes that are not UTF-8", "Le corps n’est pas de l’UTF-8 à l’octet {0}.", "The body is not UTF-8 at byte {0}."),
        new("duplicate-property", "Propriété en double", "Duplicate property", "La propriété « {0} » est donnée deux fois.", "The property “{0}” is given twice."),
        new("empty-body", "Corps absent", "No body", "La requête n’a pas de corps.", "The request has no body."),
        new("invalid-content", "Contenu refusé", "Content refused", "Le contenu a {0} erreur(s) ; rien n’a été enregistré.", "The content has {0} error(s); nothing was stored."),
        new("precondition-required", "If-Match nécessaire", "If-Match needed", "Modifier une ressource existante demande l’en-tête If-Match, avec l’ETag lu.", "Changing an existing resource needs the If-Match header, with the ETag that was read."),
        new("precondition-failed", "Version dépassée", "Stale version", "La ressource a changé depuis cette lecture ; sa version actuelle est {0}.", "The resource has changed since it was read; its present version is {0}."),
        new("malformed-etag", "ETag mal formé", "Malformed ETag", "« {0} » n’est pas un ETag ; exemple : \"3\".", "“{0}” is not an ETag; example: \"3\"."),
        new("sandbox-full", "Bac à sable plein", "Sandbox full", "Le bac à sable a au plus {0} éléments de chaque sorte et {1} octets en tout : y retirer quelque chose, ou attendre la nuit, où il est remis à neuf.", "The sandbox has at most {0} parts of each kind and {1} bytes in all: remove something there, or wait for the night, when it is made new."),
        new("sandbox-busy", "Bac à sable occupé", "Sandbox busy", "Trop d’écritures attendent déjà dans le bac à sable : attendre les secondes de l’en-tête Retry-After.", "Too many writes wait in the sandbox already: wait for the seconds of the Retry-After header."),
        new("already-exists", "Existe déjà", "Exists already", "« {0} » existe déjà.", "“{0}” exists already."),
        new("code-taken", "Code déjà pris", "Code taken", "Le code « {0} » désigne ou a désigné un autre conseil.", "The code “{0}” stands or stood for another council."),
        new("organisation-in-use", "Organisation citée", "Organisation in use", "« {0} » est encore citée par {1} élément(s) du conseil.", "“{0}” is still referred to by {1} element(s) of the council."),
        new("conflict", "Contradiction", "Conflict", "L’écriture contredit ce qui existe ; rien n’a été enregistré.", "The write contradicts what exists; nothing was stored."),
        new("nothing-to-match", "Rien à comparer", "Nothing to match", "« {0} » n’existe pas encore : le créer se fait sans If-Match.", "“{0}” does not exist yet: it is created without If-Match."),
        new("source-in-use", "Source citée", "Source in use", "La source « {0} » est encore citée par « {1} ».", "The source “{0}” is still cited by “{1}”."),
        new("unauthorized", "Clé nécessaire", "Key needed", "Cette opération demande une clé : Authorization: Bearer clsm_…", "This operation needs a key: Authorization: Bearer clsm_…"),
        new("invalid-key", "Clé non valable", "Key not valid", "La clé ou le jeton est inconnu, expiré ou révoqué.", "The key or token is unknown, expired or revoked."),
        new("forbidden", "Hors de la portée de la clé", "Outside the key’s scope", "La clé ou le jeton ne le permet pas.", "The key or token does not allow it."),
        new("key-ended", "Clé terminée", "Key ended", "La clé « {0} » est expirée ou révoquée ; en créer une autre.", "The key “{0}” has expired or is revoked; create another."),
        new("unknown-scope", "Portée inconnue", "Unknown scope", "« {0} » n’est pas une portée : admin, council:{{code}} d’un conseil, ou read:restricted:{{code}} d’une région.", "“{0}” is not a scope: admin, council:{{code}} of a council, or read:restricted:{{code}} of a region."),
        new("already-over", "Déjà passé", "Already over", "Cet instant est déjà passé.", "This instant is over already."),
        new("internal", "Erreur interne", "Internal error", "L’annuaire a rencontré une erreur ; elle est enregistrée sous {0}.", "The directory met an error; it is recorded as {0}."),
        new("unavailable", "Momentanément indisponible", "Unavailable for the moment", "La base de données ne répond pas ; réessayer dans quelques secondes.", "The database does not answer; try again in a few seconds."),
        new("malformed-idempotency-key", "Idempotency-Key mal formé", "Malformed Idempotency-Key", "L’en-tête Idempotency-Key a de 1 à {0} caractères ASCII visibles, sans espace.", "The header Idempotency-Key has 1 to {0} visible ASCII characters, without blanks."),
        new("idempotency-key-reused", "Idempotency-Key déjà employé", "Idempotency-Key used before", "Cet Idempotency-Key a servi à une autre requête dans les dernières 24 heures ; rien n’a été enregistré.", "This Idempotency-Key stood for another request within the last 24 hours; nothing was stored."),
        new("request-under-way", "Requête en cours", "Request under way", "La première requête avec cet Idempotency-Key est encore en cours ; réessayer dans une seconde.", "The first request with this Idempotency-Key is still under way; try again in a second."),
        new("answer-erased", "Réponse effacée", "Answer erased", "La requête a bien été exécutée ; sa réponse ne peut plus être rendue, car ce qu’elle montrait a été effacé ou la clé a changé de secret.", "The request was carried out; its answer cannot be given again, since what it showed was erased or the key has another secret."),
        new("too-many-requests", "Trop de requêtes", "Too many requests", "Plus de {0} requêtes en {1} secondes : attendre les secondes de l’en-tête Retry-After.", "More than {0} requests in {1} seconds: wait for the seconds of the Retry-After header."),
        new("headers-too-large", "En-têtes trop volumineux", "Headers too large", "Les en-têtes de la requête dépassent {0} octets ou le nombre de {1}.", "The headers of the request are over {0} bytes or more than {1}."),
        new("issuer-unavailable", "Émetteur injoignable", "Issuer unavailable", "L’émetteur du jeton ne répond pas : sa validité ne peut pas être connue ; réessayer dans quelques secondes.", "The issuer of the token does not answer: whether it holds cannot be known; try again in a few seconds."),
        new("objections-unreadable", "Oppositions illisibles", "Objections cannot be read", "Le secret des oppositions n’est pas configuré, ou n’est pas celui d’avant : rien n’est enregistré qui pourrait faire revenir une personne.", "The secret of objections is not configured, or not the one of before: nothing is stored that might bring a person back."),
        new("bad-request", "Requête mal formée", "Malformed request", "La requête n’est pas lisible.", "The request is not readable."),

        new("too-many-waiting", "Trop de requêtes en attente", "Too many requests wait", "Trop de requêtes attendent déjà la prochaine modification ; redemander sans attendre, ou dans {0} secondes.", "Too many requests already wait for the next change; ask without waiting, or in {0} seconds."),

        new("too-many-exports", "Trop d’exports à la fois", "Too many exports at once", "{0} exports sont déjà en cours ; redemander dans {1} secondes.", "{0} exports are already running; ask again in {1} seconds."),

        // Members of a body
        new("unknown-property", "Propriété inconnue", "Unknown property", "La propriété « {0} » n’existe pas ici.", "The property “{0}” does not exist here."),
        new("missing-property", "Propriété manquante", "Missing property", "La propriété « {0} » est obligatoire.", "The property “{0}” is required."),
        new("wrong-type", "Type inattendu", "Wrong type", "Attendu : {0} ; reçu : {1}.", "Expected: {0}; received: {1}."),
        new("null-not-allowed", "null non admis", "null not allowed", "null ne dit rien : laisser la propriété absente, et le dire dans evidence.", "null says nothing: leave the property out, and say so in evidence."),
        new("empty", "Valeur vide", "Empty value", "Une valeur vide ne dit rien : laisser la propriété absente, et le dire dans evidence.", "An empty value says nothing: leave the property out, and say so in evidence."),
        new("control-character", "Caractère de contrôle", "Control character", "Le caractère U+{0:X4} n’est pas admis dans un texte.", "The character U+{0:X4} is not allowed in a text."),
        new("invalid-text", "Texte invalide", "Invalid text", "Le texte n’est pas de l’Unicode valide (moitié de paire isolée).", "The text is not valid Unicode (lone surrogate)."),
        new("too-long", "Texte trop long", "Text too long", "Au plus {0} caractères ; reçu : {1}.", "At most {0} characters; received: {1}."),
        new("too-many-items", "Liste trop longue", "List too long", "Au plus {0} éléments ; reçu : {1}.", "At most {0} items; received: {1}."),
        new("out-of-range", "Hors limites", "Out of range", "La valeur doit être entre {0} et {1}.", "The value must be between {0} and {1}."),
        new("unknown-code", "Code inconnu", "Unknown code", "« {0} » n’est pas un code de la liste {1} (/v1/vocabularies/{1}).", "“{0}” is not a code of the list {1} (/v1/vocabularies/{1})."),
        new("malformed-council-code", "Code de conseil mal formé", "Malformed council code", "« {0} » : un code de conseil a 2 à 80 petites lettres sans accent, chiffres et tirets.", "“{0}”: a council code has 2 to 80 small plain letters, digits and hyphens."),
        new("malformed-key", "Clé mal formée", "Malformed key", "« {0} » : une clé a des petites lettres sans accent, des chiffres, des tirets et des points.", "“{0}”: a key has small plain letters, digits, hyphens and dots."),
        new("malformed-commune-code", "Code de commune mal formé", "Malformed commune code", "« {0} » n’est pas un code INSEE de commune (un code postal n’en est pas un).", "“{0}” is not an INSEE code of a commune (a postcode is not one)."),
        new("malformed-postcode", "Code postal mal formé", "Malformed postcode", "« {0} » : un code postal a cinq chiffres.", "“{0}”: a postcode has five digits."),
        new("malformed-phone", "Téléphone mal formé", "Malformed telephone number", "Un numéro s’écrit en E.164, comme +33476034352.", "A number is written in E.164, such as +33476034352."),
        new("malformed-email", "Adresse électronique mal formée", "Malformed e-mail address", "Ce n’est pas une adresse électronique.", "This is not an e-mail address."),
        new("malformed-host", "Nom d’hôte mal formé", "Malformed host name", "« {0} » n’est pas un nom d’hôte exact, comme www.grenoble.fr (sans https://, port, chemin ni *).", "“{0}” is not the exact name of a host, such as www.grenoble.fr (without https://, port, path or *)."),
        new("malformed-web-address", "Adresse web mal formée", "Malformed web address", "« {0} » n’est pas une adresse http ou https complète.", "“{0}” is not a complete http or https address."),
        new("malformed-siren", "SIREN mal formé", "Malformed SIREN", "« {0} » : un SIREN a neuf chiffres.", "“{0}”: a SIREN has nine digits."),
        new("malformed-siret", "SIRET mal formé", "Malformed SIRET", "« {0} » : un SIRET a quatorze chiffres.", "“{0}”: a SIRET has fourteen digits."),
        new("malformed-finess", "FINESS mal formé", "Malformed FINESS", "« {0} » : un numéro FINESS a neuf caractères, avec 2A ou 2B en Corse.", "“{0}”: a FINESS number has nine characters, with 2A or 2B in Corsica."),
        new("malformed-rna", "RNA mal formé", "Malformed RNA", "« {0} » : un numéro RNA est W suivi de neuf caractères.", "“{0}”: an RNA number is W and nine characters."),
        new("wrong-check-digit", "Clé de contrôle fausse", "Wrong check digit", "« {0} » : le chiffre de contrôle ne convient pas ; un chiffre est sans doute faux.", "“{0}”: the check digit does not fit; a digit is probably wrong."),
        new("malformed-date", "Date mal formée", "Malformed date", "« {0} » : écrire 2006, 2014-03, 2014-03-21, ou 2014-21 pour le printemps 2014.", "“{0}”: write 2006, 2014-03, 2014-03-21, or 2014-21 for spring 2014."),
        new("precision-mismatch", "Précision contradictoire", "Contradictory precision", "La valeur « {0} » ne peut pas avoir la précision « {1} ».", "The value “{0}” cannot have the precision “{1}”."),
        new("ends-before-start", "Fin avant le début", "End before start", "La fin ({1}) est avant le début ({0}).", "The end ({1}) is before the start ({0})."),
        new("malformed-territory-code", "Code de territoire mal formé", "Malformed territory code", "« {0} » n’est pas un code de {1}.", "“{0}” is not a code of {1}."),
        new("unknown-commune", "Commune inconnue", "Unknown commune", "« {0} » n’est le code INSEE d’aucune commune, ancienne ou actuelle.", "“{0}” is not the INSEE code of any commune, former or current."),
        new("unknown-epci", "EPCI inconnu", "Unknown EPCI", "« {0} » n’est le SIREN d’aucun EPCI à fiscalité propre.", "“{0}” is not the SIREN of any EPCI with own taxation."),
        new("unknown-department", "Département inconnu", "Unknown département", "« {0} » n’est le code d’aucun département.", "“{0}” is not the code of any département."),
        new("unknown-region", "Région inconnue", "Unknown region", "« {0} » n’est le code d’aucune région.", "“{0}” is not the code of any region."),
        new("postcode-not-commune", "Code postal, pas code INSEE", "Postcode, not an INSEE code", "« {0} » est un code postal ; codes INSEE des communes qui l’ont : {1}.", "“{0}” is a postcode; INSEE codes of the communes that have it: {1}."),
        new("code-or-label-needed", "Code ou libellé nécessaire", "Code or label needed", "Une partie de territoire a un code ou un libellé.", "A part of a territory has a code or a label."),
        new("title-or-text-needed", "Titre ou texte nécessaire", "Title or text needed", "Un objectif a un titre ou un texte.", "An objective has a title or a text."),
        new("id-or-name-needed", "Id ou nom nécessaire", "Id or name needed", "Une organisation est désignée par son id ou par son nom.", "An organisation is referred to by its id or its name."),
        new("unknown-organisation", "Organisation inconnue", "Unknown organisation", "« {0} » n’est pas une organisation de ce conseil.", "“{0}” is not an organisation of this council."),
        new("unknown-source", "Source inconnue", "Unknown source", "« {0} » n’est pas une source de ce conseil.", "“{0}” is not a source of this council."),
        new("source-needed", "Source nécessaire", "Source needed", "L’état « {0} » demande une source.", "The state “{0}” needs a source."),
        new("reason-needed", "Motif nécessaire", "Reason needed", "L’état « inferred » demande un motif.", "The state “inferred” needs a reason."),
        new("evidence-without-statement", "Preuve sans objet", "Evidence without a statement", "« {0} » est dit « {1} », mais rien ne s’y trouve.", "“{0}” is said to be “{1}”, but nothing is there."),
        new("statement-without-evidence", "Contredit par sa preuve", "Contradicted by its evidence", "« {0} » est dit « {1} », mais une valeur s’y trouve.", "“{0}” is said to be “{1}”, but a value is there."),
        new("malformed-pointer", "Pointeur mal formé", "Malformed pointer", "« {0} » n’est pas un JSON Pointer.", "“{0}” is not a JSON Pointer."),
        new("needed-when-nominative", "Nécessaire pour un contact nominatif", "Needed in a nominative contact", "Un contact nominatif a une base légale, une source et une date de révision : {0} manque.", "A nominative contact has a legal basis, a source and a review date: {0} is missing."),
        new("person-not-nominative", "Personne dans un contact non nominatif", "Person in a contact that is not nominative", "Un contact qui nomme une personne est nominatif.", "A contact that names a person is nominative."),
        new("objected", "Personne opposée", "Person who objected", "Ce texte contient une donnée d’une personne qui s’est opposée à son traitement (RGPD, art. 21) : la retirer ; la fonction peut rester.", "This text holds data of a person who objected to its processing (GDPR, art. 21): take it out; the function may stay."),
        new("objected-contact", "Contact non repris", "Contact left out", "Le contact « {0} » de la fiche est celui d’une personne qui s’est opposée au traitement de ses données : il n’a pas été repris.", "The contact “{0}” of the sheet is that of a person who objected to the processing of their data: it was left out."),
        new("objected-words", "Mots non repris", "Words left out", "Des textes de la fiche contenaient une donnée d’une personne qui s’est opposée à son traitement : elle n’a pas été reprise.", "Texts of the sheet held data of a person who objected to its processing: it was left out."),
        new("duplicate", "En double", "Duplicate", "« {0} » est déjà donné à {1}.", "“{0}” is given already at {1}."),
        new("duplicate-identifier", "Identifiant en double", "Duplicate identifier", "Deux organisations d’un conseil ne peuvent pas avoir le même identifiant « {0} ».", "Two organisations of a council cannot share the identifier “{0}”."),
        new("read-only", "Non modifiable", "Read only", "« {0} » est tenu par l’annuaire : le laisser absent, ou l’envoyer tel qu’il a été lu.", "“{0}” is kept by the directory: leave it out, or send it as it was read."),
        new("code-mismatch", "Code différent de l’adresse", "Code differs from the address", "Le document est celui de « {0} », l’adresse est celle de « {1} » ; un code se change par PATCH.", "The document is that of “{0}”, the address that of “{1}”; a code is changed by PATCH."),
        new("own-successor", "Successeur de soi-même", "Its own successor", "Un conseil ne peut pas se succéder à lui-même.", "A council cannot be its own successor."),
        new("succession-loop", "Succession sans fin", "Succession without an end", "Par « {0} », la succession revient à ce conseil.", "By “{0}”, the succession leads back to this council."),
        new("unknown-council", "Conseil inconnu", "Unknown council", "« {0} » n’est pas le code d’un conseil.", "“{0}” is not the code of a council."),
        new("successor-needed", "Successeur nécessaire", "Successor needed", "Un conseil fusionné a au moins un successeur.", "A merged council has at least one successor."),

        // Sheets
        new("not-utf8", "Pas de l’UTF-8", "Not UTF-8", "La ligne n’est pas de l’UTF-8 (sans doute du Windows-1252) : enregistrer le fichier en UTF-8. Rien n’a été deviné.", "The line is not UTF-8 (probably Windows-1252): save the file as UTF-8. Nothing was guessed."),
        new("read-as-windows-1252", "Lu comme du Windows-1252", "Read as Windows-1252", "La ligne n’est pas de l’UTF-8 : elle a été lue comme du Windows-1252 ; vérifier les accents.", "The line is not UTF-8: it was read as Windows-1252; check the accents."),
        new("line-too-long", "Ligne trop longue", "Line too long", "La ligne dépasse {0} octets ; elle n’a pas été gardée.", "The line is over {0} bytes; it was not kept."),
        new("cut-line", "Fichier coupé", "File cut", "La dernière ligne n’est pas entière : le fichier a été coupé.", "The last line is not whole: the file was cut."),
        new("duplicate-sheet", "Fiche en double", "Sheet given twice", "La fiche « {0} » est déjà à la ligne {1} de ce fichier.", "The sheet “{0}” is already at line {1} of this file."),
        new("formula", "Formule de tableur", "Spreadsheet formula", "Une formule n’est pas une valeur : écrire son résultat.", "A formula is not a value: write its result."),
        new("malformed-csv", "CSV mal formé", "Malformed CSV", "La ligne n’est pas lisible comme du CSV (RFC 4180).", "The line cannot be read as CSV (RFC 4180)."),
        new("open-quote", "Guillemet jamais fermé", "Quote never closed", "Un guillemet ouvert sur cette ligne n’est jamais fermé.", "A quote opened on this line is never closed."),
        new("shifted-columns", "Colonnes décalées", "Shifted columns", "L’en-tête a {0} colonnes, la ligne {1} : rien n’a été deviné.", "The header has {0} columns, the line {1}: nothing was guessed."),
        new("missing-column", "Colonne manquante", "Missing column", "La colonne « {0} » manque dans l’en-tête.", "The column “{0}” is missing from the header."),
        new("duplicate-column", "Colonne en double", "Column given twice", "La colonne « {0} » est deux fois dans l’en-tête.", "The column “{0}” is twice in the header."),
        new("unknown-key", "Clé inconnue", "Unknown key", "« {0} » n’est pas une clé des fiches : sa valeur est gardée telle quelle.", "“{0}” is not a key of sheets: its value is kept as it is."),
        new("unknown-word", "Mot inconnu", "Unknown word", "« {0} » n’est pas un mot connu ici ({1}) : il est gardé tel quel.", "“{0}” is not a word known here ({1}): it is kept as it is."),
        new("date-not-understood", "Date non comprise", "Date not understood", "« {0} » n’a pas été compris comme une date : gardé tel quel.", "“{0}” was not understood as a date: kept as it is."),
        new("number-not-understood", "Nombre non compris", "Number not understood", "« {0} » n’a pas été compris comme un nombre : gardé tel quel.", "“{0}” was not understood as a number: kept as it is."),
        new("sources-disagree", "Dates contradictoires", "Dates that disagree", "La date montrée est {0} ; la fiche donne aussi {1}. Toutes sont gardées.", "The date shown is {0}; the sheet gives also {1}. All are kept."),
        new("other-dates", "Autres dates", "Other dates", "La date montrée est {0} ; le texte de la fiche date aussi d’autres étapes : {1}. Toutes sont gardées.", "The date shown is {0}; the words of the sheet date other steps as well: {1}. All are kept."),
        new("nominative-contact", "Contact nominatif", "Nominative contact", "Le contact semble nommer une personne : base légale et date de révision ont été déduites, à vérifier.", "The contact seems to name a person: legal basis and review date were concluded, to be checked."),
        new("department-not-found", "Département inconnu", "Unknown département", "« {0} » n’est pas un code de département : gardé tel quel.", "“{0}” is not a code of a département: kept as it is."),
        new("territory-not-found", "Territoire non trouvé", "Territory not found", "Aucun code n’a été trouvé pour « {0} » : le nom est gardé sans code.", "No code was found for “{0}”: the name is kept without a code."),
        new("ambiguous-territory", "Territoire ambigu", "Ambiguous territory", "« {0} » peut être : {1}. Rien n’a été deviné ; le nom est gardé sans code.", "“{0}” may be: {1}. Nothing was guessed; the name is kept without a code."),

        // Parameters
        new("not-an-integer", "Pas un entier", "Not an integer", "« {0} » n’est pas un nombre entier de {1} à {2}.", "“{0}” is not an integer from {1} to {2}."),
        new("not-an-instant", "Pas un instant", "Not an instant", "« {0} » n’est pas un instant ISO 8601 en UTC, comme 2026-11-22T00:00:00Z.", "“{0}” is not an ISO 8601 instant in UTC, such as 2026-11-22T00:00:00Z."),
        new("unknown-value", "Valeur inconnue", "Unknown value", "« {0} » n’est pas admis ; valeurs : {1}.", "“{0}” is not allowed; values: {1}."),
        new("missing-parameter", "Paramètre manquant", "Missing parameter", "Le paramètre « {0} » est nécessaire.", "The parameter “{0}” is needed."),
        new("given-twice", "Donné deux fois", "Given twice", "Le paramètre « {0} » ne se donne qu’une fois.", "The parameter “{0}” is given once only."),
        new("empty-parameter", "Paramètre vide", "Empty parameter", "Le paramètre « {0} » est vide : le laisser absent.", "The parameter “{0}” is empty: leave it out."),
        new("invalid-cursor", "Curseur invalide", "Invalid cursor", "Le curseur ne vient pas de cette liste avec ces mêmes paramètres ; reprendre sans curseur.", "The cursor does not come from this list with these same parameters; begin again without a cursor."),
        new("unknown-change-cursor", "Curseur inconnu", "Unknown cursor", "Ce n’est pas un curseur de ce journal, ou il est au-delà de sa fin ; reprendre par un export et son curseur.", "This is not a cursor of this log, or it lies beyond its end; begin again with an export and its cursor."),
        new("not-for-streams", "Sans objet pour un flux", "Not for streams", "« {0} » ne vaut pas pour un flux d’événements, qui attend toujours.", "“{0}” does not go with an event stream, which always waits."),
        new("not-for-format", "Sans objet pour ce format", "Not for this format", "« {0} » ne vaut que pour le format {1}.", "“{0}” is only for the format {1}."),
        new("unknown-format", "Format inconnu", "Unknown format", "« {0} » n’est pas un format de cet export ; formats : {1}.", "“{0}” is not a format of this export; formats: {1}."),
        new("not-a-moment", "Ni version ni instant", "Neither version nor instant", "« {0} » : écrire une version, comme 3, ou un instant ISO 8601 en UTC, comme 2026-11-22T00:00:00Z.", "“{0}”: write a version, such as 3, or an ISO 8601 instant in UTC, such as 2026-11-22T00:00:00Z."),
        new("not-together", "Paramètres incompatibles", "Parameters that do not go together", "« {0} » ne se donne pas avec « {1} ».", "“{0}” is not given together with “{1}”."),
        new("malformed-id", "Id mal formé", "Malformed id", "« {0} » n’est pas un id (UUID).", "“{0}” is not an id (UUID)."),
        new("malformed-identifier", "Identifiant mal formé", "Malformed identifier", "« {0} » : écrire finess:…, siren:…, siret:… ou rna:….", "“{0}”: write finess:…, siren:…, siret:… or rna:…."),
        new("not-a-point", "Pas un point", "Not a point", "« {0} » : écrire latitude,longitude en degrés, comme 49.12,6.17 (latitude de -90 à 90, longitude de -180 à 180).", "“{0}”: write latitude,longitude in degrees, such as 49.12,6.17 (latitude from -90 to 90, longitude from -180 to 180)."),
        new("needed-with", "Paramètre manquant", "Parameter missing", "Le paramètre « {1} » ne vaut qu’avec « {0} ».", "The parameter “{1}” means something only with “{0}”."),
        new("no-word", "Aucun mot", "No word", "« {0} » ne contient ni lettre ni chiffre à chercher.", "“{0}” has no letter or digit to look for."),
        new("too-many-values", "Trop de valeurs", "Too many values", "Au plus {0} valeurs ; reçu : {1}. Une longue liste s’envoie dans le corps d’un POST …/search.", "At most {0} values; received: {1}. A long list is sent in the body of a POST …/search."),
    }.ToFrozenDictionary(entry => entry.Code, StringComparer.Ordinal);

    public static IEnumerable<string> Codes => Entries.Keys;

    public static (string Title, string Detail) Text(string code, IReadOnlyList<object> arguments, bool english)
    {
        var entry = Entries[code];
        object[] words = [.. arguments.Select(argument => argument is string text ? SafeText.Of(text) : argument)];
        return english
            ? (entry.TitleEn, string.Format(CultureInfo.InvariantCulture, entry.DetailEn, words))
            : (entry.TitleFr, string.Format(CultureInfo.InvariantCulture, entry.DetailFr, words));
    }

    /// <summary>The words of a code alone: what a problem fills in is an ellipsis.</summary>
    public static (string Title, string Detail) Form(string code, bool english) => Text(code, [.. Enumerable.Repeat("…", 8)], english);

    private sealed record Entry(string Code, string TitleFr, string TitleEn, string DetailFr, string DetailEn);
}
