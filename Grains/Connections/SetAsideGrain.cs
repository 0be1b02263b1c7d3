using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Connections;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Connections;

/// <inheritdoc cref="ISetAsideGrain"/>
[GrainType("rg-set-aside")]
internal sealed class SetAsideGrain(
    [PersistentState("set-aside")] IPersistentState<SetAsideState> store,
    [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
    IGrainContext context) : Grain, ISetAsideGrain
{
    /// <summary>A bound, so that a sender gone wrong cannot fill the disk.</summary>
    private const long MaxBytes = 256L * 1024 * 1024;

    private const int MaxTopic = 100;

    private SetAsideState State => store.State;

    public async Task KeepAsync(SetAsideBody body)
    {
        if (State.Bytes + body.Body.Length > MaxBytes)
            throw new SetAsideFullException();
        // First the body, then the sums: a crash in between leaves a body that nobody counted, and whose sender was not answered. The
        // next one takes its place.
        var name = string.Create(CultureInfo.InvariantCulture, $"body-{State.Count}");
        var record = await StoredRecord<SetAsideRecord>.ReadAsync(storage, context.GrainId, name);
        record.Value.Body = body with { Topic = PlainText.Cut(body.Topic, MaxTopic) };
        await record.WriteAsync().OrDeactivateAsync(this);

        State.Count++;
        State.Bytes += body.Body.Length;
        State.FirstAt ??= body.ReceivedAt;
        State.LastReason = body.Reason;
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    public Task<SetAsideSummary> GetSummaryAsync() => Task.FromResult(new SetAsideSummary(State.Count, State.FirstAt, State.LastReason));
}
