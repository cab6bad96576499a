using System.Reflection;
using CLSM.Directory.Api.Features.Sandbox;
using CLSM.Directory.Api.Web.Resources;
using CLSM.Directory.Importing;
using CLSM.Directory.Model.Councils;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.Swagger;
using Swashbuckle.AspNetCore.SwaggerUI;

namespace CLSM.Directory.Api.OpenApi;

/// <summary>The OpenAPI contract and Swagger UI.</summary>
internal static class OpenApiSetup
{
    public const string Document = "v1";

    private const string Route = "/openapi/v1.json";

    public static IServiceCollection AddOpenApiContract(this IServiceCollection services)
    {
        services.AddEndpointsApiExplorer();
        services.AddSwaggerGen(options =>
        {
            options.SwaggerDoc(Document, ContractText.Information);
            foreach (var assembly in (Assembly[])[typeof(Council).Assembly, typeof(ImportReport).Assembly, typeof(OpenApiSetup).Assembly])
            {
                options.IncludeXmlComments(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml"));
            }

            options.SupportNonNullableReferenceTypes();
            options.NonNullableReferenceTypesAsRequired();
            options.CustomSchemaIds(SchemaNames.Of);
            options.AddSecurityDefinition(ContractText.SecurityScheme, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A key, as `Authorization: Bearer clsm_…`, or a token of the OpenID Connect issuer that this installation trusts; both have the same scopes. Reading what is public needs none. " + SandboxKey.Text,
            });
            options.SchemaFilter<ShapeSchemaFilter>();
            options.OperationFilter<OperationContractFilter>();
            options.DocumentFilter<DocumentContractFilter>();
        });
        return services;
    }

    public static void MapOpenApiContract(this WebApplication service)
    {
        MapFile(service, "swagger.css", "text/css; charset=utf-8");
        MapFile(service, "swagger.js", "text/javascript; charset=utf-8");
        service.MapGet("/", () => TypedResults.Redirect("/swagger")).ExcludeFromDescription();
        service.UseSwagger(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.RouteTemplate = "/openapi/{documentName}.json";
        });
        service.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "swagger";
            options.DocumentTitle = "CLSM Directory";
            options.SwaggerEndpoint(Route, "CLSM Directory v1");
            options.EnableTryItOutByDefault();
            options.DisplayOperationId();
            options.DefaultModelsExpandDepth(0);
            // What one can do, at a glance; a click shows how.
            options.DocExpansion(DocExpansion.None);
            options.EnablePersistAuthorization();
            options.InjectStylesheet(Mended("swagger.css"));
            options.InjectJavascript(Mended("swagger.js"));
        });
    }

    /// <summary>Beside Swagger UI, below its own addresses.</summary>
    private static string Mended(string file) => $"/openapi/{file}";

    private static void MapFile(WebApplication service, string file, string mediaType)
    {
        var content = EmbeddedResource.ReadBytes($"OpenApi.SwaggerUi.{file}");
        service.MapGet(Mended(file), () => TypedResults.Bytes(content, mediaType)).ExcludeFromDescription();
    }

    /// <summary>The contract as the service serves it, of a service that was built and not started.</summary>
    public static async Task<string> WriteAsync(WebApplication service, CancellationToken cancellationToken)
    {
        // A start would tell the routes to whoever describes them; this does without one.
        service.UseEndpoints(_ => { });
        var document = service.Services.GetRequiredService<ISwaggerProvider>().GetSwagger(Document);
        return await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, cancellationToken);
    }
}
