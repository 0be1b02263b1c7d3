using Microsoft.Extensions.Logging;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Imports;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Connections;

/// <content>Puts the webhooks at Recharge where they belong, then lets the first import start. Goes on until it has succeeded.</content>
internal sealed partial class ConnectionGrain
{
    private async Task<TimeSpan?> SetUpAsync(CancellationToken stopping)
    {
        if (!HasSetUpToDo)
            return null;
        if (State.DisconnectedAt is not null)
        {
            await RemoveAllWebhooksAsync();
        }
        else if (State.Enablement.Recharge)
        {
            // Webhooks first: what happens during the import is then told by one side or the other. A key that may not register any
            // still gets its contacts filled; the rest is a problem for a person, and tried again.
            var refusal = await RegisterUnlessRefusedAsync();
            var day = DailyClock.Parse(_schedule.DailySyncUtc).LatestDueDay(_time.GetUtcNow());
            var settings = await ConfigureOthersAsync();
            await _grains.GetGrain<IImportGrain>(_key.ToString()).StartFirstAsync(day, settings);
            await EnsureComparedAsync(settings);
            if (refusal is not null)
                throw refusal;
        }

        (_registrationFailure, _registrationFailingSince, _registrationRefused) = (null, null, false);
        _lookout.Offer();
        return HasSetUpToDo ? _schedule.WebhookCheckEvery : null;
    }

    private bool HasSetUpToDo => State.Settings is not null && (State.DisconnectedAt is null || State.RegisteredBase is not null);

    private async Task RemoveAllWebhooksAsync()
    {
        try
        {
            await RechargeAccount().RemoveFormerWebhooksAsync(WebhookTopics.PathOf(HookKeyText));
            await RemoveWebhooksAsync(keepBase: null);
        }
        catch (RechargeCallException failure) when (failure.Failure == RechargeFailure.KeyRefused)
        {
            // A key that is gone can remove nothing. What still arrives is answered 404.
            LogLeftRegistered(_key.ConnectionId);
        }

        State.RegisteredBase = null;
        await SaveAsync();
    }

    private async Task<RechargeCallException?> RegisterUnlessRefusedAsync()
    {
        try
        {
            await RegisterAsync();
            return null;
        }
        catch (RechargeCallException failure) when (failure.Failure is RechargeFailure.MissingScope or RechargeFailure.Refused)
        {
            return failure;
        }
    }

    private async Task RegisterAsync()
    {
        var publicBase = _publicAddress.Base ?? throw new PublicAddressUnknownException();
        var keyVersion = (await RechargeAccount().GetStatusAsync()).KeyVersion;
        if (State.RegisteredBase == publicBase && State.RegisteredKeyVersion == keyVersion)
        {
            await WatchAsync(publicBase);
            return;
        }

        // Those of a key that was revoked are gone with it, for how long nobody knows.
        if (State.RegisteredBase is not null)
            State.GapSince ??= State.WebhooksSeenAt ?? State.CreatedAt;
        if (State.EventsSince is null)
        {
            State.EventsSince = _time.GetUtcNow();
            await SaveAsync();
        }

        var hookKey = HookKeyText;
        var registered = (await RechargeAccount().ListWebhooksAsync()).Select(webhook => webhook.Address).ToHashSet(StringComparer.Ordinal);
        var topics = WebhookTopics.For(EffectiveEvents());
        var missing = topics.Where(topic => !registered.Contains(WebhookTopics.AddressOf(publicBase, hookKey, topic))).ToList();
        await CreateWebhooksAsync(missing, publicBase, hookKey);

        // The new ones are in place before those of a former key or address go, so that nothing falls between.
        await RechargeAccount().RemoveFormerWebhooksAsync(WebhookTopics.PathOf(hookKey));
        await RemoveWebhooksAsync(keepBase: publicBase);
        await HandOverGapAsync();
        State.RegisteredBase = publicBase;
        State.RegisteredKeyVersion = keyVersion;
        State.RegisteredTopics = topics;
        State.WebhooksSeenAt = _time.GetUtcNow();
        await SaveAsync();
        LogRegistered(topics.Count, _key.ConnectionId);
    }

    /// <summary>Removes our webhooks, those of other integrations never. Ours are known by the hook key in their address.</summary>
    private async Task RemoveWebhooksAsync(string? keepBase)
    {
        var path = WebhookTopics.PathOf(HookKeyText);
        foreach (var webhook in await RechargeAccount().ListWebhooksAsync())
        {
            var isOurs = webhook.Address.Contains(path, StringComparison.Ordinal);
            if (isOurs && (keepBase is null || !webhook.Address.StartsWith(keepBase + path, StringComparison.Ordinal)))
                await RechargeAccount().DeleteWebhookAsync(webhook.Id);
        }
    }

    private void NoteRegistrationFailure(Exception failure, TimeSpan pause)
    {
        if (failure is PublicAddressUnknownException)
            return;
        if (_registrationFailure is null)
        {
            _registrationFailingSince = _time.GetUtcNow();
            LogRegistrationFailed(failure, _key.ConnectionId);
        }

        _registrationRefused = failure is RechargeCallException { Failure: RechargeFailure.MissingScope or RechargeFailure.Refused };
        _registrationFailure = failure is RechargeCallException ? failure.Message : "Something went wrong inside the service.";
        _lookout.Offer();
    }

    [LoggerMessage(4701, LogLevel.Information, "Connection {ConnectionId} of tenant {TenantId} was made")]
    private partial void LogCreated(string connectionId, string tenantId);

    [LoggerMessage(4702, LogLevel.Information, "{Count} webhooks of connection {ConnectionId} are registered at Recharge")]
    private partial void LogRegistered(int count, string connectionId);

    [LoggerMessage(4703, LogLevel.Warning, "Webhooks of connection {ConnectionId} cannot be registered or removed; trying on")]
    private partial void LogRegistrationFailed(Exception failure, string connectionId);

    [LoggerMessage(4705, LogLevel.Warning, "Webhooks of connection {ConnectionId} stay registered at Recharge, which refuses the key to remove them")]
    private partial void LogLeftRegistered(string connectionId);

    [LoggerMessage(4704, LogLevel.Information, "Connection {ConnectionId} was disconnected")]
    private partial void LogDisconnected(string connectionId);
}
