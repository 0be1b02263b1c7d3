using Microsoft.Extensions.Logging;
using RechargeGrains.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tenants;

/// <content>Accounts and the connections between them.</content>
internal sealed partial class TenantGrain
{
    private const int MaxAccounts = 100;

    /// <summary>With those that were disconnected, which stay in the list.</summary>
    private const int MaxListed = 2_000;

    public async Task<Answer<AccountInfo>> AddAccountAsync(NewAccount account)
    {
        if (State.Accounts.Exists(known => known.Kind == account.Kind && known.Name.Equals(account.Name, StringComparison.OrdinalIgnoreCase)))
            return new TenantError("duplicate_name", "There is an account of this name already. Choose another name.");
        if (State.Accounts.Count >= MaxAccounts)
            return new TenantError("too_many_accounts", $"A tenant has at most {MaxAccounts} accounts.");
        var record = new TenantRecord.AccountRecord(KeyText.NewId("acc"), account.Kind, account.Name, time.GetUtcNow());
        var check = await SetKeyAsync(record, account.ApiKey, account.ClientSecret);
        if (ErrorOf(check) is { } error)
            return error;
        State.Accounts.Add(record);
        await SaveAsync();
        LogAccountAdded(account.Kind, Id);
        return await InfoAsync(record);
    }

    public async Task<Answer<AccountInfo>> ReplaceKeyAsync(string accountId, string apiKey, string? clientSecret)
    {
        if (State.Accounts.Find(account => account.AccountId == accountId) is not { } record)
            return NotFound;
        var check = await SetKeyAsync(record, apiKey, clientSecret);
        if (ErrorOf(check) is { } error)
            return error;
        LogKeyReplaced(record.Kind, Id);
        foreach (var connection in State.Connections.Where(connection => connection.OmetriaAccountId == accountId || connection.RechargeAccountId == accountId))
            await WakeAsync(connection.ConnectionId);
        return await InfoAsync(record);
    }

    public async Task<IReadOnlyList<AccountInfo>> ListAccountsAsync() => await Task.WhenAll(State.Accounts.Select(InfoAsync));

    public async Task<Answer<ConnectionRef>> ConnectAsync(NewConnection wanted)
    {
        if (!State.Enablement.Recharge)
            return new TenantError("not_enabled", "Recharge is not enabled for you. Ask your account manager to enable it.");
        if (wanted.CustomEvents?.Except(State.Enablement.CustomEvents).ToList() is { Count: > 0 } missing)
        {
            var names = string.Join(", ", missing.Select(EventKinds.NameOf));
            return new TenantError("not_enabled", $"These events are not enabled for you: {names}. Ask your account manager to enable them.");
        }

        if (!State.Accounts.Exists(account => account.AccountId == wanted.OmetriaAccountId && account.Kind == AccountKind.Ometria))
            return new TenantError("unknown_ometria_account", "There is no Ometria account of this id.");
        if (!State.Accounts.Exists(account => account.AccountId == wanted.RechargeAccountId && account.Kind == AccountKind.Recharge))
            return new TenantError("unknown_recharge_account", "There is no Recharge account of this id.");
        foreach (var same in State.Connections.Where(known =>
                     known.OmetriaAccountId == wanted.OmetriaAccountId && known.RechargeAccountId == wanted.RechargeAccountId))
        {
            if (await ConnectionOf(same.ConnectionId).GetHookTargetAsync() is not null)
                return new TenantError("already_connected", "These two accounts are connected already.");
        }

        if (State.Connections.Count >= MaxListed)
            return new TenantError("too_many_connections", $"A tenant has at most {MaxListed} connections, with those that were disconnected.");
        if (State.Connections.Count >= Quotas.Connections && await CountInUseAsync() >= Quotas.Connections)
            return new TenantError("too_many_connections", $"You may have {Quotas.Connections} connections at once. Disconnect one, or ask your account manager for more.");
        return await ConnectAsync(wanted, KeyText.NewId("con"));
    }

    private static readonly TenantError NotFound = new("not_found", "There is no such account.");

    private async Task<ConnectionRef> ConnectAsync(NewConnection wanted, string connectionId)
    {
        // Into the list first: a connection that is listed and was never made says so, one that is not listed would never be woken.
        State.Connections.Add(new TenantRecord.ConnectionRecord(connectionId, wanted.OmetriaAccountId, wanted.RechargeAccountId));
        await SaveAsync();
        var settings = new ConnectionSettings
        {
            OmetriaAccount = KeyOf(wanted.OmetriaAccountId),
            RechargeAccount = KeyOf(wanted.RechargeAccountId),
            CustomersStartDate = wanted.CustomersStartDate,
            CustomEvents = wanted.CustomEvents ?? [.. State.Enablement.CustomEvents.Where(EventKinds.Usual.Contains)],
            UpcomingChargeDays = wanted.UpcomingChargeDays ?? schedule.Value.UpcomingChargeDays,
            LateEvents = wanted.LateEvents,
            EventTypes = wanted.EventTypes,
        };
        await ConnectionOf(connectionId).CreateAsync(settings, State.Enablement);
        return new ConnectionRef(connectionId);
    }

    private async Task<int> CountInUseAsync()
    {
        var count = 0;
        foreach (var chunk in State.Connections.Chunk(32))
            count += (await Task.WhenAll(chunk.Select(connection => ConnectionOf(connection.ConnectionId).GetHookTargetAsync()))).Count(target => target is not null);
        return count;
    }

    private Task<KeyCheck> SetKeyAsync(TenantRecord.AccountRecord record, string apiKey, string? clientSecret) => record.Kind == AccountKind.Ometria
        ? OmetriaOf(record.AccountId).SetKeyAsync(apiKey)
        : RechargeOf(record.AccountId).SetKeyAsync(apiKey, clientSecret);

    private async Task<AccountInfo> InfoAsync(TenantRecord.AccountRecord record)
    {
        var status = record.Kind == AccountKind.Ometria
            ? await OmetriaOf(record.AccountId).GetStatusAsync()
            : await RechargeOf(record.AccountId).GetStatusAsync();
        return new AccountInfo
        {
            AccountId = record.AccountId,
            Kind = record.Kind,
            Name = record.Name,
            KeyHint = status.KeyHint ?? "",
            Store = status.Store,
            Verified = status.Verified,
            HasClientSecret = status.HasClientSecret,
            CreatedAt = record.CreatedAt,
        };
    }

    private static TenantError? ErrorOf(KeyCheck check) => check.Verdict switch
    {
        KeyVerdict.Accepted or KeyVerdict.AcceptedUnverified => null,
        KeyVerdict.Rejected => new TenantError("key_rejected", check.Detail!),
        KeyVerdict.OtherStore => new TenantError("other_store", check.Detail!),
        KeyVerdict.NotShopify => new TenantError("not_shopify", check.Detail!),
        KeyVerdict.MissingScopes => new TenantError("missing_scopes", check.Detail!) { MissingScopes = check.MissingScopes },
        _ => new TenantError("unreachable", check.Detail!),
    };

    [LoggerMessage(4811, LogLevel.Information, "Tenant {TenantId} was made")]
    private partial void LogCreated(string tenantId);

    [LoggerMessage(4812, LogLevel.Information, "An account of kind {Kind} was added to tenant {TenantId}")]
    private partial void LogAccountAdded(AccountKind kind, string tenantId);

    [LoggerMessage(4813, LogLevel.Information, "The key of an account of kind {Kind} of tenant {TenantId} was replaced")]
    private partial void LogKeyReplaced(AccountKind kind, string tenantId);

    [LoggerMessage(4814, LogLevel.Error, "Connection {ConnectionId} could not be woken; it is tried again at the next tick")]
    private partial void LogWakeFailed(Exception failure, string connectionId);
}
