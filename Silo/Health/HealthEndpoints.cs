using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace RechargeGrains.Silo.Health;

public static class HealthEndpoints
{
    /// <summary>
    /// <c>live</c> asks nobody, so that a slow store never gets the process restarted. <c>ready</c> is 503 while starting, stopping, or when
    /// the store does not answer.
    /// </summary>
    public static void MapHealth(this IEndpointRouteBuilder app, Readiness readiness)
    {
        var health = app.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(new { status = "live" }));
        health.MapGet("/ready", async Task<IResult> (CancellationToken aborted) => await readiness.WhyNotAsync(aborted) is { } problem
            ? TypedResults.Problem(new ProblemDetails
            {
                Status = StatusCodes.Status503ServiceUnavailable,
                Title = "Not available just now.",
                Detail = problem.Detail,
                Extensions = { ["code"] = "not_ready", ["reason"] = problem.Reason },
            })
            : TypedResults.Ok(new { status = "ready" }));
    }
}
