using Microsoft.Extensions.Hosting;

namespace RechargeGrains.Silo.Health;

/// <summary>Whether the program takes work: from the end of its start to the beginning of its stop, while the store answers.</summary>
public sealed class Readiness
{
    private readonly IHostApplicationLifetime _lifetime;
    private readonly StoreProbe _store;

    internal Readiness(IHostApplicationLifetime lifetime, StoreProbe store)
    {
        _lifetime = lifetime;
        _store = store;
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
}
