using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CLSM.Directory.Api.Contacts;
using CLSM.Directory.Api.Councils;
using CLSM.Directory.Api.Documents;
using CLSM.Directory.Api.Embedding;
using CLSM.Directory.Api.Events;
using CLSM.Directory.Api.Exports;
using CLSM.Directory.Api.Features.Changes;
using CLSM.Directory.Api.Features.Coverage;
using CLSM.Directory.Api.Features.Search;
using CLSM.Directory.Api.Features.Statistics;
using CLSM.Directory.Api.Geography;
using CLSM.Directory.Api.GovernanceBodies;
using CLSM.Directory.Api.History;
using CLSM.Directory.Api.Objections;
using CLSM.Directory.Api.Organisations;
using CLSM.Directory.Api.Quality;
using CLSM.Directory.Api.Security;
using CLSM.Directory.Api.Sheets;
using CLSM.Directory.Api.Statements;
using CLSM.Directory.Api.Vocabularies;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.WorkingGroups;

namespace CLSM.Directory.Api.Http;

/// <summary>How every wire record is read and written; made at build time, so that nothing is reflected on at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32,
    Converters = [typeof(UtcInstantConverter)])]
[JsonSerializable(typeof(Council))]
[JsonSerializable(typeof(CouncilDocument))]
[JsonSerializable(typeof(CouncilParts))]
[JsonSerializable(typeof(GovernanceBody))]
[JsonSerializable(typeof(WorkingGroup))]
[JsonSerializable(typeof(Organisation))]
[JsonSerializable(typeof(Contact))]
[JsonSerializable(typeof(CouncilEvent))]
[JsonSerializable(typeof(OrganisationReference))]
[JsonSerializable(typeof(QualityReport))]
[JsonSerializable(typeof(VocabularyList))]
[JsonSerializable(typeof(Commune))]
[JsonSerializable(typeof(Epci))]
[JsonSerializable(typeof(Department))]
[JsonSerializable(typeof(Region))]
[JsonSerializable(typeof(CoverageReport))]
[JsonSerializable(typeof(CommuneCoverage))]
[JsonSerializable(typeof(Statistics))]
[JsonSerializable(typeof(OrganisationGroup))]
[JsonSerializable(typeof(OrganisationCandidates))]
[JsonSerializable(typeof(OrganisationSeats))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(SearchRows))]
[JsonSerializable(typeof(SearchCursorWords))]
[JsonSerializable(typeof(IReadOnlyList<SearchClause>))]
[JsonSerializable(typeof(Oembed))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(Key))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(PageInformation))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
[JsonSerializable(typeof(ExportedPlace))]
[JsonSerializable(typeof(List<DocumentPart>))]
[JsonSerializable(typeof(ChangePage))]
[JsonSerializable(typeof(HistoryEntry))]
[JsonSerializable(typeof(Objection))]
[JsonSerializable(typeof(Processing))]
[JsonSerializable(typeof(LatestChange))]
internal sealed partial class DirectoryJson : JsonSerializerContext
{
    /// <summary>The same, with French letters written as they are: answers are never placed in HTML unescaped.</summary>
    public static DirectoryJson Web => Relaxed.Instance;

    // A class of its own, so that the generated Default is there before it.
    private static class Relaxed
    {
        public static readonly DirectoryJson Instance = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
