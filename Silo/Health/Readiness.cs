using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace RechargeGrains.Silo.Health;

/// <summary>Whether the program takes work: from the end of its start to the beginning of its stop, while the store answers.</summary>
public sealed class Readiness
{
    public const string MeterName = "RechargeGrains.Health";

    private readonly IHostApplicationLifetime _lifetime;
    private readonly StoreProbe _store;

    internal Readiness(IHostApplicationLifetime lifetime, StoreProbe store, IMeterFactory factory)
    {
        _lifetime = lifetime;
        _store = store;
        factory.Create(MeterName).CreateObservableGauge("recharge.ready", Observe, unit: null, "1 while the program takes work");
    }

    /// <summary>Null if it takes work. Answers within a few seconds, however long the store takes.</summary>
    public async Task<NotReady?> WhyNotAsync(CancellationToken cancellationToken)
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested)
            return NotReady.Stopping;
        if (!_lifetime.ApplicationStarted.IsCancellationRequested)
            return NotReady.Starting;
        return await _store.AnswersAsync(cancellationToken) ? null : NotReady.Store;
    }

    /// <summary>What was found last, since a gauge cannot wait; it has the store asked for the next one.</summary>
    private int Observe()
    {
        if (_lifetime.ApplicationStopping.IsCancellationRequested || !_lifetime.ApplicationStarted.IsCancellationRequested)
            return 0;
        _ = _store.AnswersAsync(CancellationToken.None);
        return _store.AnsweredLast ? 1 : 0;
    }
}
