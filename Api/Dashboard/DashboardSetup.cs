using Microsoft.AspNetCore.Identity;
using Orleans.Dashboard;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Dashboard;

/// <summary>
/// The Orleans Dashboard at <c>/dashboard</c>: load, latency and errors by kind of grain, for operators alone. What would show the
/// state or the key of a single grain is closed, because there are e-mail addresses and sealed keys in it.
/// </summary>
internal static class DashboardSetup
{
    private const string Path = "/dashboard";

    /// <summary>
    /// What is open, after the prefix; a list of what may be seen, so that a new version opens nothing by itself. Closed are the state of
    /// a grain, reminders (with the keys of their grains) and traces (read in the package, 10.4.2).
    /// </summary>
    private static readonly string[] Open =
    [
        "", "/", "/index.html", "/favicon.ico", "/index.min.js", "/index.css", "/version", "/DashboardCounters", "/ClusterStats", "/TopGrainMethods",
        "/GrainTypes", "/LifecycleStages",
    ];

    private static readonly string[] OpenBelow =
        ["/fonts/", "/img/", "/GrainStats/", "/SiloProperties/", "/SiloMetadata/", "/SiloStats/", "/SiloCounters/", "/HistoricalStats/"];

    public static void MapDashboard(this WebApplication app) => app
        .MapOrleansDashboard(Path)
        .ExcludeFromDescription()
        .AddEndpointFilter(async (context, next) =>
        {
            var http = context.HttpContext;
            if (Caller.Of(http.User) is not { } caller)
            {
                // Somebody at a browser is asked to sign in, a program is told.
                return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
                    ? TypedResults.Challenge(authenticationSchemes: [IdentityConstants.ApplicationScheme])
                    : ApiError.Unauthenticated();
            }

            return caller.Role == Role.Operator && IsOpen(http.Request.Path.Value![Path.Length..]) ? await next(context) : ApiError.NotFound();
        });

    /// <param name="path">What follows the prefix.</param>
    internal static bool IsOpen(string path) =>
        Open.Contains(path, StringComparer.Ordinal) || Array.Exists(OpenBelow, start => path.StartsWith(start, StringComparison.Ordinal));
}
