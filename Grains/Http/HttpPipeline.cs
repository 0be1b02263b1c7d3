using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;

namespace RechargeGrains.Grains.Http;

/// <summary>
/// The way of every outbound call: retries outside, then the wait for the budget (so that a retry pays too), then the time limit of
/// one attempt (so that waiting in line does not count). Keys go to the configured host alone: redirects are not followed, and a proxy is
/// used only if the settings name it.
/// </summary>
internal static class HttpPipeline
{
    /// <summary>Request option that turns retries off, but for a 429, for a check that a person waits for.</summary>
    public const string OnceProperty = "rg.once";

    private const int Retries = 4;

    /// <summary>However long we are asked to wait: a time beyond it is rather a mistake, and trying once costs little.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private const int MaxHeaderKilobytes = 32;

    private static readonly HttpRequestOptionsKey<bool> Once = new(OnceProperty);
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(30);

    public static IHttpClientBuilder AddPipeline(
        this IHttpClientBuilder client, Func<IServiceProvider, string> baseUrl, bool retry, int maxAnswerBytes, Func<IServiceProvider, DelegatingHandler>? measure = null)
    {
        client.ConfigureHttpClient((services, http) =>
        {
            http.BaseAddress = new Uri(baseUrl(services).TrimEnd('/'));
            // The attempt has its own limit, and waiting for the budget has none.
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.ConfigurePrimaryHttpMessageHandler(services => SocketOf(services.GetRequiredService<IOptions<OutboundOptions>>().Value));
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
                DelayGenerator = arguments => ValueTask.FromResult(AskedFor(arguments.Outcome.Result)),
                ShouldHandle = arguments => ValueTask.FromResult(
                    HttpClientResiliencePredicates.IsTransient(arguments.Outcome)
                        && (!IsOnce(arguments.Context) || arguments.Outcome.Result?.StatusCode == HttpStatusCode.TooManyRequests)),
            }));
        }

        client.AddHttpMessageHandler(() => new BudgetHandler());
        if (measure is not null)
            client.AddHttpMessageHandler(measure);
        client.AddResilienceHandler("attempt", pipeline => pipeline.AddTimeout(AttemptTimeout));
        client.AddHttpMessageHandler(() => new WholeBodyHandler(maxAnswerBytes));
        return client;
    }

    internal static SocketsHttpHandler SocketOf(OutboundOptions options) => new()
    {
        AllowAutoRedirect = false,
        UseProxy = options.Proxy is not null,
        Proxy = options.Proxy is { } proxy ? new WebProxy(proxy) : null,
        UseCookies = false,
        MaxResponseHeadersLength = MaxHeaderKilobytes,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.All,
        // Where in our traces a call stands is no business of others.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    /// <summary>Null: the pause grows as it does without.</summary>
    private static TimeSpan? AskedFor(HttpResponseMessage? response) =>
        response?.Headers.RetryAfter?.Delta is { } asked ? TimeSpan.FromTicks(Math.Min(asked.Ticks, LongestWait.Ticks)) : null;

    private static bool IsOnce(ResilienceContext context) =>
        context.GetRequestMessage() is { } request && request.Options.TryGetValue(Once, out var once) && once;
}
