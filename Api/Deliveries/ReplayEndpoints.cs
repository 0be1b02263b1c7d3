using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Deliveries;

/// <summary>Sending events again, by administrators: one, or all that match a filter, with a dry run that says how many.</summary>
internal static class ReplayEndpoints
{
    public static void MapReplays(this IEndpointRouteBuilder deliveries)
    {
        deliveries.MapPost("/replay", ReplayManyAsync).ForTenant(Role.Administrator).Audit("deliveries.replayed", "connectionId");
        deliveries.MapGet("/replay", GetAsync).ForTenant(Role.Member);
        deliveries.MapPost("/{id}/replay", ReplayOneAsync).ForTenant(Role.Administrator).Audit("delivery.replayed", "id");
    }

    private static async Task<IResult> ReplayOneAsync(string tenantId, string connectionId, string id, IGrainFactory grains, Replayer replayer)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return ApiError.NotFound();
        var answer = await replayer.ReplayAsync(key, DeliveryId.Parse(id));
        return answer.Error is { } error ? ErrorOf(error) : TypedResults.Accepted((string?)null, DeliveryBody.Of(answer.Value!));
    }

    private static async Task<IResult> ReplayManyAsync(
        string tenantId, string connectionId, RequestBody<ReplayRequest> body, HttpContext http, IGrainFactory grains, Replayer replayer)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return ApiError.NotFound();
        var filter = FilterReader.ReadReplay(body.Value, body.Errors);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        if (body.Value.DryRun == true)
        {
            Audited.NothingDone(http);
            return TypedResults.Ok(new ReplayCountBody(await replayer.CountAsync(key, filter), DryRun: true));
        }

        var answer = await replayer.StartAsync(key, filter);
        return answer.Error is { } error ? ErrorOf(error) : TypedResults.Accepted((string?)null, ReplayBody.Of(answer.Value!));
    }

    private static async Task<IResult> GetAsync(string tenantId, string connectionId, IGrainFactory grains, Replayer replayer) =>
        await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is { } key && await replayer.GetStatusAsync(key) is { } status
            ? TypedResults.Ok(ReplayBody.Of(status))
            : ApiError.NotFound();

    private static IResult ErrorOf(TenantError error) =>
        error.Code == "not_found" ? ApiError.NotFound() : ApiError.Of(StatusCodes.Status409Conflict, error.Code, error.Message);
}
