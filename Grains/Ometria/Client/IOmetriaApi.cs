using Refit;

namespace RechargeGrains.Grains.Ometria.Client;

/// <summary>The part of Ometria's Data API v2 that is used.</summary>
[Headers("Accept: application/json")]
internal interface IOmetriaApi
{
    [Post("/push")]
    Task<HttpResponseMessage> PushAsync(
        [Body] HttpContent records,
        [Header(KeyHeader)] string apiKey,
        CancellationToken cancellationToken);

    /// <summary>The cheapest read that needs a good key. The body is personal data and is thrown away unread.</summary>
    [Get("/profiles?limit=1")]
    Task<HttpResponseMessage> ProbeAsync([Header(KeyHeader)] string apiKey, CancellationToken cancellationToken);

    /// <summary>The 100 latest errors of the whole account, whoever pushed (page on listing errors).</summary>
    [Get("/push/_errors")]
    Task<HttpResponseMessage> ListErrorsAsync([Header(KeyHeader)] string apiKey, CancellationToken cancellationToken);

    private const string KeyHeader = "X-Ometria-Auth";
}
