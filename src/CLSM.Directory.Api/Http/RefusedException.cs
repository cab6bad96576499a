namespace CLSM.Directory.Api.Http;

/// <summary>An expected "no" from where nothing but an exception undoes what was begun.</summary>
internal sealed class RefusedException(Refusal refusal) : Exception(refusal.Code)
{
    public Refusal Refusal { get; } = refusal;
}
