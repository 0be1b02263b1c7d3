using RechargeGrains.Api.Http;

namespace RechargeGrains.Api.Health;

internal static class HealthEndpoints
{
    /// <summary><c>live</c> asks nobody, so that a slow store never gets the process restarted.</summary>
    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").WithTags("Health");
        health.MapGet("/live", () => TypedResults.Ok(new { status = "live" }));
        health.MapGet("/ready", IResult (ReadyState state) => state.IsReady
            ? TypedResults.Ok(new { status = "ready" })
            : ApiError.Of(StatusCodes.Status503ServiceUnavailable, "not_ready", "The program is starting or stopping."));
    }
}
