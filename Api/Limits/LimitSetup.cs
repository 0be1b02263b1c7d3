using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;

namespace RechargeGrains.Api.Limits;

/// <summary>Bounds what one caller can take: of connections, of time, of calls.</summary>
internal static class LimitSetup
{
    /// <summary>For all headers of a request. A browser sends them in one piece.</summary>
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);

    /// <summary>A little more than the check of a key may take at two services, which is the longest that anything takes.</summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(150);

    private const int StreamsPerConnection = 100;

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        var options = LimitOptions.Of(builder.Configuration);
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton<ApiRate>();
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel.Limits, options));
        builder.Services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = AnswerWithin,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context => ApiProblems.Unavailable(context).ExecuteAsync(context),
        });
    }

    /// <summary>For what is below <c>/api</c> alone: an export takes as long as its reader, a page as long as somebody looks at it.</summary>
    public static void UseLimits(this WebApplication app) => app.UseWhen(context => context.Request.Path.StartsWithSegments("/api"), api =>
    {
        api.Use(CountAsync);
        api.UseRequestTimeouts();
    });

    private static void Limit(KestrelServerLimits limits, LimitOptions options)
    {
        limits.RequestHeadersTimeout = HeadersWithin;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        limits.Http2.MaxStreamsPerConnection = StreamsPerConnection;
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next)
    {
        // Staff are not held back by what they look after, and who has no token is answered 401 before anything is done.
        if (Caller.Of(context.User) is not { TenantId: { } tenantId })
        {
            await next(context);
            return;
        }

        using var place = context.RequestServices.GetRequiredService<ApiRate>().Take(tenantId);
        if (place.IsAcquired)
        {
            await next(context);
            return;
        }

        var wait = place.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await ApiError.Of(StatusCodes.Status429TooManyRequests, "too_many_requests", "That is more calls than one tenant may make. Wait as long as Retry-After says.").ExecuteAsync(context);
    }
}
