using Microsoft.Extensions.Options;
using RechargeGrains.Connections;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Deliveries;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Deliveries;

/// <summary>Sends events again: one, or all that match a filter. The ids stay the same.</summary>
internal sealed class Replayer(IGrainFactory grains, TimeProvider time, IOptions<DeliveryOptions> options)
{
    /// <summary>Errors: <c>not_found</c>, <c>disconnected</c>, <c>not_kept</c>.</summary>
    /// <returns>The line as it was before.</returns>
    public async Task<Answer<DeliveryEntry>> ReplayAsync(ConnectionKey key, DeliveryId id)
    {
        if (await new DeliveryReader(grains, time).FindAsync(key, id) is not { } entry)
            return new TenantError("not_found", "There is no such delivery, or it is no longer kept.");
        if (await RefusalAsync(key) is { } refusal)
            return refusal;
        if (entry.PropertiesJson is null)
            return new TenantError("not_kept", "What was sent is no longer kept, so it cannot be sent again.");
        // One that waits is sent anyway.
        if (entry.Status != DeliveryStatus.Waiting)
            await grains.GetGrain<IOutboxGrain>(key.ToString()).ReplayAsync([entry]);
        return entry;
    }

    /// <summary>How many a replay would send. Changes nothing.</summary>
    public async Task<long> CountAsync(ConnectionKey key, DeliveryFilter filter) => await ReplayOf(key).CountAsync(await RangeOfAsync(key, filter));

    /// <summary>Begins to send everything again that matches. Errors: <c>disconnected</c>, <c>replay_running</c>.</summary>
    public async Task<Answer<ReplayStatus>> StartAsync(ConnectionKey key, DeliveryFilter filter)
    {
        if (await RefusalAsync(key) is { } refusal)
            return refusal;
        return await ReplayOf(key).StartAsync(await RangeOfAsync(key, filter)) is { } status
            ? status
            : new TenantError("replay_running", "Another replay is under way. Wait until it is finished.");
    }

    /// <summary>The replay that is under way, or the last one; null before the first.</summary>
    public Task<ReplayStatus?> GetStatusAsync(ConnectionKey key) => ReplayOf(key).GetStatusAsync();

    private IReplayGrain ReplayOf(ConnectionKey key) => grains.GetGrain<IReplayGrain>(key.ToString());

    private async Task<TenantError?> RefusalAsync(ConnectionKey key) =>
        await grains.GetGrain<IConnectionGrain>(key.ToString()).GetStatusAsync() is { State: ConnectionState.Disconnected }
            ? new TenantError("disconnected", "This connection was disconnected, so nothing is sent any more.")
            : null;

    /// <summary>From the connection's first day, or the first that is kept, to today, as far as the filter goes.</summary>
    private async Task<ReplayRange> RangeOfAsync(ConnectionKey key, DeliveryFilter filter)
    {
        var status = await grains.GetGrain<IConnectionGrain>(key.ToString()).GetStatusAsync();
        var today = DayOf(time.GetUtcNow());
        var first = new[] { today.AddDays(-options.Value.KeepDays), DayOf(status?.CreatedAt ?? time.GetUtcNow()), DayOf(filter.From ?? DateTimeOffset.MinValue) }.Max();
        var last = filter.To is { } to && DayOf(to) < today ? DayOf(to) : today;
        return new ReplayRange(filter, first, last);
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}
