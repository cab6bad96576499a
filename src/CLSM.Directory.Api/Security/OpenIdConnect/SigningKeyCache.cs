using CLSM.Directory.Api.Web.Problems;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace CLSM.Directory.Api.Security.OpenIdConnect;

/// <summary>
/// Caches the keys that the issuer signs with, from its discovery document. They are read again when they are old, and when a token names
/// an unknown key, at most once every few seconds: invalid tokens must not cause requests to the issuer.
/// </summary>
internal sealed partial class SigningKeyCache(
    IOptions<OpenIdConnectOptions> options, TimeProvider time, ILogger<SigningKeyCache> logger) : IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim one = new(1, 1);
    private readonly HttpClient http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
        MaxResponseContentBufferSize = 1024 * 1024,
    };

    private OpenIdConnectConfiguration? known;
    private DateTimeOffset readAt = DateTimeOffset.MinValue;
    private DateTimeOffset refreshedAt = DateTimeOffset.MinValue;
    private DateTimeOffset failedAt = DateTimeOffset.MinValue;

    /// <summary>What the issuer says of itself. What is known goes on while the issuer cannot be reached.</summary>
    /// <exception cref="IssuerUnavailableException">It was never reached.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(CancellationToken cancellationToken)
    {
        if (known is not null && time.GetUtcNow() - readAt < Freshness)
        {
            return known;
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            if (known is not null && time.GetUtcNow() - readAt < Freshness)
            {
                return known;
            }

            return await TryReadAsync(cancellationToken) ?? known ?? throw new IssuerUnavailableException();
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Reads the keys again if they may differ from those that were seen; null if they were read just before.</summary>
    /// <exception cref="IssuerUnavailableException">It cannot be asked, so nobody knows whether the token is good.</exception>
    public async Task<OpenIdConnectConfiguration?> RefreshAsync(OpenIdConnectConfiguration seen, CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            if (!ReferenceEquals(seen, known))
            {
                return known;
            }

            if (time.GetUtcNow() - refreshedAt < Pause)
            {
                return time.GetUtcNow() - failedAt < Pause ? throw new IssuerUnavailableException() : null;
            }

            refreshedAt = time.GetUtcNow();
            return await TryReadAsync(cancellationToken) ?? throw new IssuerUnavailableException();
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose()
    {
        http.Dispose();
        one.Dispose();
    }

    private async Task<OpenIdConnectConfiguration?> TryReadAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - failedAt < Pause)
        {
            return null;
        }

        try
        {
            var issuer = options.Value.Issuer!;
            var documents = new HttpDocumentRetriever(http) { RequireHttps = !issuer.IsLoopback };
            var address = issuer.OriginalString.TrimEnd('/') + "/.well-known/openid-configuration";
            var read = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken);

            // OpenID Connect Discovery 1.0, 4.3: whoever speaks for another issuer is not believed.
            if (read.Issuer != issuer.OriginalString)
            {
                throw new InvalidOperationException($"The discovery document is of “{read.Issuer}”.");
            }

            (known, readAt, failedAt) = (read, time.GetUtcNow(), DateTimeOffset.MinValue);
            return read;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested && exception is IOException or InvalidOperationException or HttpRequestException or TaskCanceledException or ArgumentException)
        {
            failedAt = time.GetUtcNow();
            NotReached(logger, exception);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The issuer of tokens cannot be read")]
    private static partial void NotReached(ILogger logger, Exception exception);
}

/// <summary>Whether a token is good cannot be known, because its issuer does not answer.</summary>
internal sealed class IssuerUnavailableException()
    : ApiProblemException(new ApiProblem(StatusCodes.Status503ServiceUnavailable, "issuer-unavailable") { Headers = [("Retry-After", "10")] });
