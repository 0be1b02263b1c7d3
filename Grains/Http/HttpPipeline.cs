using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Polly;

namespace RechargeGrains.Grains.Http;

/// <summary>
/// The way of every outbound call: retries outside, then the wait for the budget (so that a retry pays too), then the time limit of
/// one attempt (so that waiting in line does not count). Redirects are not followed: keys go to the configured host alone.
/// </summary>
internal static class HttpPipeline
{
    /// <summary>Request option that turns retries off, but for a 429, for a check that a person waits for.</summary>
    public const string OnceProperty = "rg.once";

    private const int Retries = 4;

    private static readonly HttpRequestOptionsKey<bool> Once = new(OnceProperty);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    public static IHttpClientBuilder AddPipeline(this IHttpClientBuilder client, Func<IServiceProvider, string> baseUrl, bool retry, Func<IServiceProvider, DelegatingHandler>? measure = null)
    {
        client.ConfigureHttpClient((services, http) =>
        {
            http.BaseAddress = new Uri(baseUrl(services).TrimEnd('/'));
            // The attempt has its own limit, and waiting for the budget has none.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AutomaticDecompression = DecompressionMethods.All,
            // Where in our traces a call stands is no business of others.
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
        });
        // Pooled connections are renewed by the handler itself; a grain keeps its client for as long as it lives.
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        if (retry)
        {
            client.AddResilienceHandler("retry", pipeline => pipeline.AddRetry(new HttpRetryStrategyOptions
            {
                MaxRetryAttempts = Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromSeconds(1),
                ShouldHandle = arguments => ValueTask.FromResult(
                    HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
                        && (!IsOnce(arguments.Context) || arguments.Outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests)),
            }));
        }

        client.AddHttpMessageHandler(() => new BudgetHandler());
        if (measure is not null)
            client.AddHttpMessageHandler(measure);
        client.AddResilienceHandler("attempt", pipeline => pipeline.AddTimeout(AttemptTimeout));
        client.AddHttpMessageHandler(() => new WholeBodyHandler());
        return client;
    }

    private static bool IsOnce(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(Once, out var once) && once;
}
