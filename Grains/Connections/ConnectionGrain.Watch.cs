using Microsoft.Extensions.Logging;

namespace RechargeGrains.Grains.Connections;

/// <content>
/// Looks whether the webhooks are still registered. Recharge removes one whose deliveries fail for 48 hours, and anybody with the store's
/// keys can (webhooks overview); nothing tells it.
/// </content>
internal sealed partial class ConnectionGrain
{
    private async Task WatchAsync(string publicBase)
    {
        // A poke that comes between two looks costs no call.
        if (_time.GetUtcNow() - State.WebhooksSeenAt is { } ago && ago >= TimeSpan.Zero && ago < _schedule.WebhookCheckEvery && State.GapSince is null)
            return;
        var hookKey = HookKeyText;
        var askedAt = _time.GetUtcNow();
        var registered = (await RechargeAccount().ListWebhooksAsync()).Select(webhook => webhook.Address).ToHashSet(StringComparer.Ordinal);
        var wanted = WebhookTopics.For(EffectiveEvents());
        var missing = wanted.Where(topic => !registered.Contains(WebhookTopics.AddressOf(publicBase, hookKey, topic))).ToList();
        var gone = missing.Count(topic => (State.RegisteredTopics ?? WebhookTopics.BeforeTheyWereKept).Contains(topic));
        if (gone > 0)
        {
            // Written down before they are made: whoever goes on after a crash finds them registered and still has to read the gap.
            State.GapSince ??= State.WebhooksSeenAt ?? State.CreatedAt;
            State.Restored = new WebhooksRestored(gone, askedAt, State.GapSince.Value);
            await SaveAsync();
        }

        await CreateWebhooksAsync(missing.Where(topic => !WebhookTopics.IsOfCharges(topic)), publicBase, hookKey);
        if (gone > 0)
            LogRestored(gone, _key.ConnectionId);
        // A key that may not hear of charges must not keep a gap from being read.
        await HandOverGapAsync();
        await CreateWebhooksAsync(missing.Where(WebhookTopics.IsOfCharges), publicBase, hookKey);
        State.WebhooksSeenAt = missing.Count > 0 ? _time.GetUtcNow() : askedAt;
        State.RegisteredTopics = [.. wanted.Union(State.RegisteredTopics ?? [])];
        await SaveAsync();
    }

    private async Task CreateWebhooksAsync(IEnumerable<string> topics, string publicBase, string hookKey)
    {
        foreach (var topic in topics)
            await RechargeAccount().CreateWebhookAsync(topic, WebhookTopics.AddressOf(publicBase, hookKey, topic));
    }

    private async Task HandOverGapAsync()
    {
        if (State.GapSince is not { } since)
            return;
        await Reconciliation().ReadGapAsync(await ConfigureOthersAsync(), since, _time.GetUtcNow());
        State.GapSince = null;
    }

    [LoggerMessage(4706, LogLevel.Warning, "{Count} webhooks of connection {ConnectionId} were gone at Recharge and are registered again; what changed meanwhile is read")]
    private partial void LogRestored(int count, string connectionId);
}
