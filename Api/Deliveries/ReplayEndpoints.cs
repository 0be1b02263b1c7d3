using Microsoft.Extensions.Options;
using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Connections;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Deliveries;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;
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

    private static async Task<IResult> ReplayOneAsync(string tenantId, string connectionId, string id, IGrainFactory grains, TimeProvider time)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key
            || await new DeliveryReader(grains, time).FindAsync(key, DeliveryId.Parse(id)) is not { } entry)
        {
            return ApiError.NotFound();
        }

        if (await RefusalAsync(key, grains) is { } refusal)
            return refusal;
        if (entry.PropertiesJson is null)
            return ApiError.Of(StatusCodes.Status409Conflict, "not_kept", "What was sent is no longer kept, so it cannot be sent again.");
        // One that waits is sent anyway.
        if (entry.Status != DeliveryStatus.Waiting)
            await grains.GetGrain<IOutboxGrain>(key.ToString()).ReplayAsync([entry]);
        return TypedResults.Accepted((string?)null, DeliveryBody.Of(entry));
    }

    private static async Task<IResult> ReplayManyAsync(
        string tenantId, string connectionId, RequestBody<ReplayRequest> body, IGrainFactory grains, TimeProvider time, IOptions<DeliveryOptions> options)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return ApiError.NotFound();
        var filter = FilterReader.ReadReplay(body.Value, body.Errors);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        var range = await RangeOfAsync(key, filter, options.Value.KeepDays, grains, time);
        var replay = grains.GetGrain<IReplayGrain>(key.ToString());
        if (body.Value.DryRun == true)
            return TypedResults.Ok(new ReplayCountBody(await replay.CountAsync(range), DryRun: true));
        if (await RefusalAsync(key, grains) is { } refusal)
            return refusal;
        return await replay.StartAsync(range) is { } status
            ? TypedResults.Accepted((string?)null, ReplayBody.Of(status))
            : ApiError.Of(StatusCodes.Status409Conflict, "replay_running", "Another replay is under way. Wait until it is finished.");
    }

    private static async Task<IResult> GetAsync(string tenantId, string connectionId, IGrainFactory grains) =>
        await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is { } key
        && await grains.GetGrain<IReplayGrain>(key.ToString()).GetStatusAsync() is { } status
            ? TypedResults.Ok(ReplayBody.Of(status))
            : ApiError.NotFound();

    private static async Task<IResult?> RefusalAsync(ConnectionKey key, IGrainFactory grains) =>
        await grains.GetGrain<IConnectionGrain>(key.ToString()).GetStatusAsync() is { State: ConnectionState.Disconnected }
            ? ApiError.Of(StatusCodes.Status409Conflict, "disconnected", "This connection was disconnected, so nothing is sent any more.")
            : null;

    /// <summary>From the connection's first day, or the first that is kept, to today, as far as the filter goes.</summary>
    private static async Task<ReplayRange> RangeOfAsync(ConnectionKey key, DeliveryFilter filter, int keepDays, IGrainFactory grains, TimeProvider time)
    {
        var status = await grains.GetGrain<IConnectionGrain>(key.ToString()).GetStatusAsync();
        var today = DayOf(time.GetUtcNow());
        var first = new[] { today.AddDays(-keepDays), DayOf(status?.CreatedAt ?? time.GetUtcNow()), DayOf(filter.From ?? DateTimeOffset.MinValue) }.Max();
        var last = filter.To is { } to && DayOf(to) < today ? DayOf(to) : today;
        return new ReplayRange(filter, first, last);
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}
