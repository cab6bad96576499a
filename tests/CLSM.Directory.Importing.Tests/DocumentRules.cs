using System.Text.Json;
using CLSM.Directory.Api.Features.Councils;
using CLSM.Directory.Api.PartTypes;
using CLSM.Directory.Model.Councils;
using CLSM.Directory.Model.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace CLSM.Directory.Importing.Tests;

/// <summary>The rules that the service has for documents.</summary>
internal static class DocumentRules
{
    private static readonly CouncilDocumentValidator Validator = new ServiceCollection()
        .AddPartTypes()
        .AddSingleton<CouncilDocumentValidator>()
        .BuildServiceProvider()
        .GetRequiredService<CouncilDocumentValidator>();

    public static IReadOnlyList<ValidationError> Check(CouncilDocument document)
    {
        var body = JsonSerializer.SerializeToElement(document, ModelJsonContext.Instance.CouncilDocument);
        return Validator.Read(body).TryGet(out _, out var problem) ? [] : problem.Errors;
    }
}
