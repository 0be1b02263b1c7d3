using RechargeGrains.Api.Security;
using RechargeGrains.Silo.Telemetry;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Health;

/// <summary>
/// The metrics on the port that everybody reaches: for callers from this machine and for operators. To others there is nothing here.
/// </summary>
internal static class MetricsEndpoint
{
    /// <summary>What a proxy adds. A caller who comes through one only seems to be on this machine.</summary>
    private static readonly string[] OfProxies = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Real-IP", "Via"];

    public static void MapPrometheus(this WebApplication app) => app
        .MapPrometheusScrapingEndpoint(TelemetrySetup.MetricsPath, null, branch => branch.Use(GuardAsync), null)
        .ExcludeFromDescription();

    internal static bool IsFromThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && System.Net.IPAddress.IsLoopback(address)
        && !Array.Exists(OfProxies, context.Request.Headers.ContainsKey);

    private static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsFromThisMachine(context) || Caller.Of(context.User) is { Role: Role.Operator })
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
