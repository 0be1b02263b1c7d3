using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using RechargeGrains.Accounts;
using RechargeGrains.Grains.Accounts;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Security;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Recharge;

/// <inheritdoc cref="IRechargeAccountGrain"/>
[GrainType("rg-recharge-account"), Reentrant]
internal sealed partial class RechargeAccountGrain(
    [PersistentState("recharge-account")] IPersistentState<RechargeAccountState> store,
    RechargeClient client,
    ISecretProtector protector,
    IOptions<RechargeOptions> options,
    TimeProvider time,
    ILogger<RechargeAccountGrain> logger) : Grain, IRechargeAccountGrain
{
    /// <summary>The bucket's size in seconds of its rate, as documented; Recharge's gauge corrects it with the first answer.</summary>
    private const double SecondsToEmpty = 20;

    /// <summary>Part of the bucket that live calls may use. The rest stays free, so that a call that crosses an answer does not spill it.</summary>
    private const double LiveShare = 0.9;

    /// <summary>Import keeps below this part of the bucket, so that a live call always finds room.</summary>
    private const double BackFillShare = 0.6;

    private const string KeyPurpose = "api-key";
    private const string SecretPurpose = "client-secret";

    /// <summary>Recharge sends a webhook for up to 48 hours, signed with the secret of its first try.</summary>
    private static readonly TimeSpan FormerSecretLasts = TimeSpan.FromHours(48);

    /// <summary>Long enough to move the webhooks even if Recharge is away; a key is not kept for longer than there is use for it.</summary>
    private static readonly TimeSpan FormerKeyLasts = TimeSpan.FromHours(48);

    private readonly CancellationTokenSource _stopping = new();
    private AccountKey _key;
    private CallBudget _budget = NewBudget(options.Value, time);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = AccountKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        _budget.Dispose();
    }

    public async Task<KeyCheck> SetKeyAsync(string apiKey, string? clientSecret)
    {
        // A new key has a bucket of its own at Recharge.
        var budget = NewBudget(options.Value, time);
        var check = await client.CheckAsync(apiKey, budget);
        if (check.Verdict != KeyVerdict.Accepted)
        {
            budget.Dispose();
            return check;
        }

        var state = store.State;
        if (state.Store is { } known && known.Id != check.Store?.Id)
        {
            budget.Dispose();
            return new KeyCheck
            {
                Verdict = KeyVerdict.OtherStore,
                Detail = "This key belongs to another Recharge store than the one before. Add it as an account of its own.",
            };
        }

        _budget = budget;
        // The secret belongs to the token. One that is not given with a new token is not known, and the old one signs nothing any more.
        if (state.ClientSecret is not null)
        {
            state.FormerClientSecret = state.ClientSecret;
            state.FormerClientSecretUntil = time.GetUtcNow() + FormerSecretLasts;
        }

        state.ClientSecret = clientSecret is null ? null : SealedKey.Of(clientSecret, _key, SecretPurpose, protector);
        if (state.Key is { } formerKey && formerKey.Open(_key, KeyPurpose, protector) != apiKey)
            (state.FormerKey, state.FormerKeyUntil) = (formerKey, time.GetUtcNow() + FormerKeyLasts);
        state.Key = SealedKey.Of(apiKey, _key, KeyPurpose, protector);
        state.KeyVersion++;
        state.Store = check.Store;
        state.RefusedSince = null;
        await SaveAsync();
        return check;
    }

    public async Task<AccountStatus> GetStatusAsync()
    {
        await ForgetFormerKeyAsync();
        return new AccountStatus
        {
            KeyHint = store.State.Key?.Hint,
            RefusedSince = store.State.RefusedSince,
            Verified = store.State.Key is not null,
            KeyVersion = store.State.KeyVersion,
            HasClientSecret = store.State.ClientSecret is not null,
            Store = store.State.Store,
        };
    }

    public async Task<int> SealAnewAsync()
    {
        var (state, count) = (store.State, 0);
        state.Key = Renewed(state.Key, KeyPurpose);
        state.FormerKey = Renewed(state.FormerKey, KeyPurpose);
        state.ClientSecret = Renewed(state.ClientSecret, SecretPurpose);
        state.FormerClientSecret = Renewed(state.FormerClientSecret, SecretPurpose);
        if (count > 0)
            await SaveAsync();
        return count;

        SealedKey? Renewed(SealedKey? key, string use)
        {
            var renewed = key?.Renewed(_key, use, protector);
            count += renewed == key ? 0 : 1;
            return renewed;
        }
    }

    public Task<IReadOnlyList<string>> GetClientSecretsAsync()
    {
        var secrets = new List<string>(2);
        // Without a present one nothing can be checked: what the new token signs would not match the former's secret.
        if (store.State.ClientSecret is { } secret)
        {
            secrets.Add(secret.Open(_key, SecretPurpose, protector));
            if (store.State.FormerClientSecret is { } former && time.GetUtcNow() < store.State.FormerClientSecretUntil)
                secrets.Add(former.Open(_key, SecretPurpose, protector));
        }

        return Task.FromResult<IReadOnlyList<string>>(secrets);
    }

    public Task<CustomerPage> ReadCustomersAsync(PageStart start, CallPriority priority) =>
        CallAsync(token => client.ReadCustomersAsync(token, _budget, start, priority, _stopping.Token));

    public Task<RechargeGrains.Customers.CustomerSnapshot?> ReadCustomerAsync(long customerId, CallPriority priority) =>
        CallAsync(token => client.ReadCustomerAsync(token, _budget, customerId, priority, _stopping.Token));

    public Task<SubscriptionPage> ReadSubscriptionsAsync(PageStart start, CallPriority priority) =>
        CallAsync(token => client.ReadSubscriptionsAsync(token, _budget, start, priority, _stopping.Token));

    public Task<ChargePage> ReadQueuedChargesAsync(DateOnly from, DateOnly to, string? cursor, CallPriority priority) =>
        CallAsync(token => client.ReadQueuedChargesAsync(token, _budget, from, to, cursor, priority, _stopping.Token));

    public Task<IReadOnlyList<RechargeGrains.Customers.ChargeSnapshot>> ReadChargesOfAsync(long customerId, DateOnly from, CallPriority priority) =>
        CallAsync(token => client.ReadChargesOfAsync(token, _budget, customerId, from, priority, _stopping.Token));

    public Task<DeletionPage> ReadDeletionsAsync(DateTimeOffset since, string? cursor, CallPriority priority) =>
        CallAsync(token => client.ReadDeletionsAsync(token, _budget, since, cursor, priority, _stopping.Token));

    public Task<IReadOnlyList<RegisteredWebhook>> ListWebhooksAsync() =>
        CallAsync(token => client.ListWebhooksAsync(token, _budget, _stopping.Token));

    public Task CreateWebhookAsync(string topic, string address) => CallAsync(async token =>
    {
        await client.CreateWebhookAsync(token, _budget, topic, address, _stopping.Token);
        return true;
    });

    public Task DeleteWebhookAsync(long webhookId) => CallAsync(async token =>
    {
        await client.DeleteWebhookAsync(token, _budget, webhookId, _stopping.Token);
        return true;
    });

    public async Task RemoveFormerWebhooksAsync(string path)
    {
        await ForgetFormerKeyAsync();
        if (store.State.FormerKey is not { } former)
            return;
        try
        {
            var present = (await ListWebhooksAsync()).Select(webhook => webhook.Id).ToHashSet();
            await RemoveWebhooksAsync(former.Open(_key, KeyPurpose, protector), webhook => webhook.Address.Contains(path, StringComparison.Ordinal) && !present.Contains(webhook.Id));
        }
        catch (RechargeCallException failure) when (failure.Failure is RechargeFailure.KeyRefused or RechargeFailure.MissingScope && store.State.RefusedSince is null)
        {
            LogFormerKeyGone(_key);
            // Not if it was replaced again meanwhile.
            if (store.State.FormerKey == former)
                await ForgetFormerKeyAsync(atOnce: true);
        }
    }

    private async Task ForgetFormerKeyAsync(bool atOnce = false)
    {
        if (store.State.FormerKey is null || !(atOnce || time.GetUtcNow() >= store.State.FormerKeyUntil))
            return;
        store.State.FormerKey = null;
        await SaveAsync();
    }

    private async Task RemoveWebhooksAsync(string token, Func<RegisteredWebhook, bool> which)
    {
        using var budget = NewBudget(options.Value, time);
        foreach (var webhook in (await client.ListWebhooksAsync(token, budget, _stopping.Token)).Where(which))
            await client.DeleteWebhookAsync(token, budget, webhook.Id, _stopping.Token);
    }

    private static CallBudget NewBudget(RechargeOptions options, TimeProvider time) =>
        new(time, Math.Max(1, options.CallsPerSecond * SecondsToEmpty), options.CallsPerSecond, LiveShare, BackFillShare);

    private async Task<T> CallAsync<T>(Func<string, Task<T>> call)
    {
        if (store.State.Key is not { } key)
            throw new AccountMissingException();
        try
        {
            var answer = await call(key.Open(_key, KeyPurpose, protector));
            if (store.State.RefusedSince is not null && store.State.Key == key)
                await NoteRefusedAsync(null);
            return answer;
        }
        catch (RechargeCallException failure)
            when (failure.Failure == RechargeFailure.KeyRefused && store.State.RefusedSince is null && store.State.Key == key)
        {
            LogKeyRefused(_key);
            await NoteRefusedAsync(time.GetUtcNow());
            throw;
        }
        catch (NotFoundAtRechargeException)
        {
            // Where something may be missing the client has answered so. Here it says that the address is not Recharge's.
            throw new RechargeCallException(RechargeFailure.Refused, "Recharge answered 404.");
        }
    }

    private Task NoteRefusedAsync(DateTimeOffset? since)
    {
        store.State.RefusedSince = since;
        return SaveAsync();
    }

    private Task SaveAsync() => store.WriteStateAsync().OrDeactivateAsync(this);

    [LoggerMessage(4302, LogLevel.Information, "Recharge no longer takes the former key of account {Account}; webhooks of it may be delivered for a time")]
    private partial void LogFormerKeyGone(AccountKey account);

    [LoggerMessage(4301, LogLevel.Warning, "Recharge refuses the key of account {Account}; reading goes on when it is replaced")]
    private partial void LogKeyRefused(AccountKey account);
}
