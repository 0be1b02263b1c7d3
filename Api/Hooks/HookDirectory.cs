using System.Collections.Concurrent;
using RechargeGrains.Connections;
using RechargeGrains.Grains.Connections;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// Finds the connection behind a hook key and remembers it for a moment, so that a busy connection's grain is not asked for each
/// webhook. Only what exists is remembered: keys tried at random take no memory.
/// </summary>
internal sealed class HookDirectory(IGrainFactory grains, TimeProvider time)
{
    /// <summary>How long a changed setting may go unnoticed.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);

    /// <summary>How long it may go unnoticed while the connection cannot be asked, because its silo has died.</summary>
    private static readonly TimeSpan KeptInNeed = TimeSpan.FromMinutes(1);

    /// <summary>How long it is waited for an answer, when there is an older one.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, (HookTarget Target, DateTimeOffset ReadAt)> _known = new(StringComparer.Ordinal);

    /// <summary>Null for a key that is unknown or no longer in use.</summary>
    public async Task<HookTarget?> FindAsync(string hookKey)
    {
        if (!HookKey.IsWellFormed(hookKey))
            return null;
        if (!_known.TryGetValue(hookKey, out var known))
            return await ReadAsync(hookKey);
        var age = time.GetUtcNow() - known.ReadAt;
        if (age < Kept)
            return known.Target;
        try
        {
            return await ReadAsync(hookKey).WaitAsync(Patience, time);
        }
        catch (Exception) when (age < KeptInNeed)
        {
            return known.Target;
        }
    }

    /// <summary>As <see cref="FindAsync"/>, asking the connection in any case.</summary>
    public async Task<HookTarget?> ReadAsync(string hookKey)
    {
        var readAt = time.GetUtcNow();
        var connection = await grains.GetGrain<IHookKeyGrain>(HookKey.GrainKeyOf(hookKey)).ResolveAsync();
        var target = connection is { } key ? await grains.GetGrain<IConnectionGrain>(key.ToString()).GetHookTargetAsync() : null;
        if (target is null)
            _known.TryRemove(hookKey, out _);
        else
            _known[hookKey] = (target, readAt);
        return target;
    }
}
