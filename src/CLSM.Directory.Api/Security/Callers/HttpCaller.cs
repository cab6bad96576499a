using CLSM.Directory.Api.Database;

namespace CLSM.Directory.Api.Security.Callers;

/// <summary>The caller of the present request. Outside a request it is the program itself: the command line and the seeds.</summary>
internal sealed class HttpCaller(IHttpContextAccessor http) : ICurrentCaller
{
    private const string Program = "program";

    public string Id => http.HttpContext?.User.CallerId() ?? Program;

    public string RequestId => http.HttpContext?.TraceIdentifier ?? "";

    public IReadOnlyList<string> RestrictedRegions => http.HttpContext?.User.RestrictedRegions() ?? [];

    public bool CanEdit(Guid council) => http.HttpContext?.User.CanEdit(council) == true;
}
