using CLSM.Directory.Api.Database.Entities;
using CLSM.Directory.Api.Idempotency;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Api.Queries;
using CLSM.Directory.Api.Web.Endpoints;
using CLSM.Directory.Api.Web.Negotiation;
using CLSM.Directory.Api.Web.Paging;
using CLSM.Directory.Api.Web.Parameters;
using CLSM.Directory.Model.Parts;

namespace CLSM.Directory.Api.Features.CouncilParts;

/// <summary>The routes of a kind of parts: the same for all kinds, so written once.</summary>
internal static class PartRoutes
{
    private static readonly SortField[] Sorts = [SortField.Name, SortField.UpdatedAt];

    /// <summary>Maps the routes of all kinds of parts.</summary>
    public static void Map(IEndpointRouteBuilder v1, IEndpointRouteBuilder council)
    {
        foreach (var type in v1.ServiceProvider.GetRequiredService<PartTypeCatalogue>().All)
        {
            type.Accept(new Mapping(v1, council));
        }
    }

    private static void Map<TRow, TPart>(PartType<TRow, TPart> type, IEndpointRouteBuilder v1, IEndpointRouteBuilder council)
        where TRow : PartRow<TPart>, new()
        where TPart : CouncilPart
    {
        var names = type.Names;
        var filters = type.Filters.Select(filter => filter.Parameter).Append(UpdatedSinceFilter.Parameter).ToList();
        var nationalFilters = NationalFilters.Of(type);
        List<QueryParameter> listed = [.. filters, .. PageRequest.ParametersFor(type.Metadata, Sorts)];
        List<QueryParameter> national = [.. nationalFilters.Parameters, .. PageRequest.ParametersFor(type.Metadata, Sorts)];
        var path = $"/{names.Path}";
        var onePath = $"/{names.Path}/{{id}}";
        var one = new EndpointContract(RequiredScope.Council);

        v1.MapGet(path, (HttpContext context, PartReader<TRow, TPart> reader, CancellationToken cancellationToken) => reader.ListNationalAsync(nationalFilters, context, cancellationToken))
            .WithMetadata(new EndpointContract { Parameters = national })
            .WithMetadata(type)
            .WithName($"listNational{names.ManyOperation}").WithTags(names.Tag)
            .WithSummary($"List the {names.Many} of all councils")
            .WithDescription($"{names.Purpose} Each item carries the code of its council in `council`.")
            .Produces<Page<TPart>>();

        v1.MapPost($"{path}{PageRequest.Search}", (HttpContext context, PartReader<TRow, TPart> reader, CancellationToken cancellationToken) => reader.ListNationalAsync(nationalFilters, context, cancellationToken))
            .WithMetadata(new EndpointContract { BodyParameters = national })
            .WithMetadata(type)
            .WithName($"searchNational{names.ManyOperation}").WithTags(names.Tag)
            .WithSummary($"Ask for {names.Many} in a body")
            .WithDescription($"The words of `GET /v1{path}`, as members of a JSON object: for lists too long for an address, such as thousands of communes. Same answers, same cursors; it writes nothing and needs no key.")
            .Produces<Page<TPart>>();

        council.MapGet(path, (HttpContext context, PartReader<TRow, TPart> reader, CancellationToken cancellationToken) => reader.ListAsync(type, context, cancellationToken))
            .WithMetadata(new EndpointContract { Parameters = listed })
            .WithMetadata(type)
            .WithName($"list{names.ManyOperation}").WithTags(names.Tag)
            .WithSummary($"List the {names.Many} of a council")
            .WithDescription(names.Purpose)
            .Produces<Page<TPart>>();

        council.MapGet(onePath, (HttpContext context, string id, PartReader<TRow, TPart> reader, CancellationToken cancellationToken) => reader.GetAsync(type, context, id, cancellationToken))
            .WithMetadata(new EndpointContract { Parameters = [FieldSelection.ParameterFor(type.Metadata), EvidenceParameter.Parameter] })
            .WithMetadata(type)
            .WithName($"get{names.OneOperation}").WithTags(names.Tag)
            .WithSummary($"Read one {names.One}")
            .WithDescription($"One {names.One} of a council, with its evidence. One that was removed answers 410 with the reason.")
            .Produces<TPart>();

        council.MapPost(path, (HttpContext context, PartWriter writer, CancellationToken cancellationToken) => writer.CreateAsync<TPart>(type, context, cancellationToken))
            .WithMetadata(one).WithIdempotency()
            .WithMetadata(type)
            .WithName($"create{names.OneOperation}").WithTags(names.Tag)
            .WithSummary($"Add {Article(names.One)} {names.One}")
            .WithDescription($"Adds {Article(names.One)} {names.One} to the council of the path. It is refused (409) where the council has one of the same type and name.")
            .Accepts<TPart>(MediaTypes.Json)
            .Produces<TPart>(StatusCodes.Status201Created);

        council.MapPut(onePath, (HttpContext context, string id, PartWriter writer, CancellationToken cancellationToken) => writer.ReplaceAsync<TPart>(type, context, id, cancellationToken))
            .WithMetadata(one)
            .WithMetadata(type)
            .WithName($"replace{names.OneOperation}").WithTags(names.Tag)
            .WithSummary($"Replace {Article(names.One)} {names.One}")
            .WithDescription("States the whole resource anew: what is absent from the body is no longer stated. Sent back as it was read, it changes nothing.")
            .Accepts<TPart>(MediaTypes.Json)
            .Produces<TPart>();

        council.MapPatch(onePath, (HttpContext context, string id, PartWriter writer, CancellationToken cancellationToken) => writer.PatchAsync<TPart>(type, context, id, cancellationToken))
            .WithMetadata(one)
            .WithMetadata(type)
            .WithName($"change{names.OneOperation}").WithTags(names.Tag)
            .WithSummary($"Change some members of {Article(names.One)} {names.One}")
            .WithDescription("JSON Merge Patch (RFC 7396): members that are given replace the present ones, `null` takes a member away, lists are replaced whole. The evidence of a changed member goes with its former value, unless the patch states it.")
            .Accepts<TPart>(MediaTypes.MergePatch)
            .Produces<TPart>();

        council.MapDelete(onePath, (HttpContext context, string id, PartWriter writer, CancellationToken cancellationToken) => writer.RemoveAsync(type, context, id, cancellationToken))
            .WithMetadata(one with { Parameters = [RemovalReason] })
            .WithMetadata(type)
            .WithName($"remove{names.OneOperation}").WithTags(names.Tag)
            .WithSummary($"Remove {Article(names.One)} {names.One}")
            .WithDescription($"Removes it for ever; its address answers 410 from then on. An organisation that others refer to is refused (409).")
            .Produces(StatusCodes.Status204NoContent);
    }

    public static readonly QueryParameter RemovalReason = new CodeParameter("reason", "removal-reasons", "Why it is removed; shown to whoever asks for it later.");

    private sealed class Mapping(IEndpointRouteBuilder v1, IEndpointRouteBuilder council) : IPartTypeVisitor<bool>
    {
        public bool Visit<TRow, TPart>(PartType<TRow, TPart> type)
            where TRow : PartRow<TPart>, new()
            where TPart : CouncilPart
        {
            Map(type, v1, council);
            return true;
        }
    }

    private static string Article(string noun) => "aeiou".Contains(noun[0], StringComparison.Ordinal) ? "an" : "a";
}
