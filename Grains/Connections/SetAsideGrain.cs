using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Providers;
using Orleans.Storage;
using RechargeGrains.Connections;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Connections;

/// <inheritdoc cref="ISetAsideGrain"/>
[GrainType("rg-set-aside"), Reentrant]
internal sealed class SetAsideGrain(
    [FromKeyedServices(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)] IGrainStorage storage,
    IGrainContext context) : Grain, ISetAsideGrain
{
    /// <summary>A body may be a megabyte, so each is a record of its own.</summary>
    private const int SegmentSize = 1;

    /// <summary>A bound, so that a sender gone wrong cannot fill the disk.</summary>
    private const int MaxKept = 5_000;

    private readonly SegmentLog<SetAsideBody> _log = new(storage, context.GrainId, "body", SegmentSize);
    private SetAsideSummary _summary = new(0, null, null);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _log.LoadAsync((_, bodies) =>
    {
        foreach (var body in bodies)
            Count(body);
    });

    public async Task KeepAsync(SetAsideBody body)
    {
        if (_summary.Count >= MaxKept)
            throw new SetAsideFullException();
        Count(body);
        await _log.AppendAsync([body]).OrDeactivateAsync(this);
    }

    public Task<SetAsideSummary> GetSummaryAsync() => Task.FromResult(_summary);

    private void Count(SetAsideBody body) =>
        _summary = new SetAsideSummary(_summary.Count + 1, _summary.FirstAt ?? body.ReceivedAt, body.Reason);
}
