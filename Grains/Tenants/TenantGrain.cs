using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using RechargeGrains.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Recharge;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tenants;

/// <inheritdoc cref="ITenantGrain"/>
[GrainType("rg-tenant")]
internal sealed partial class TenantGrain(
    [PersistentState("tenant")] IPersistentState<TenantRecord> store,
    IGrainFactory grains,
    IOptions<ScheduleOptions> schedule,
    IOptions<QuotaOptions> quotas,
    TimeProvider time,
    ILogger<TenantGrain> logger) : Grain, ITenantGrain, IRemindable
{
    private const int MaxTokens = 1_000;

    private TenantRecord State => store.State;

    private string Id => this.GetPrimaryKeyString();

    public async Task<Answer<TenantView>> CreateAsync(string name)
    {
        if (State.Name is not null)
        {
            // The call that made it may have failed just after.
            await RegisterRemindersAsync();
            return new TenantError("tenant_exists", "There is a tenant of this id already.");
        }

        // Into the list first: a tenant that is listed and does not exist is skipped, one that is not listed would never be woken.
        await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key).AddAsync(Id);
        State.Name = name;
        State.CreatedAt = time.GetUtcNow();
        await SaveAsync();
        await RegisterRemindersAsync();
        LogCreated(Id);
        return View();
    }

    public Task<TenantView?> GetAsync()
    {
        if (State.Name is not null)
            return Task.FromResult<TenantView?>(View());
        // Whoever tries names at random must not fill the memory with them.
        DeactivateOnIdle();
        return Task.FromResult<TenantView?>(null);
    }

    // What is enabled and how much of it are changed apart from each other, and travel together.
    public Task<Answer<TenantView>> SetEnablementAsync(Enablement enablement) => ApplyAsync(enablement with { Quotas = State.Enablement.Quotas });

    public Task<Answer<TenantView>> SetQuotasAsync(TenantQuotas quotas) => ApplyAsync(State.Enablement with { Quotas = quotas });

    public async Task<Answer<NewToken>> AddTokenAsync(string name, Role role)
    {
        if (State.Tokens.Count >= MaxTokens)
            return new TenantError("too_many_tokens", $"A tenant has at most {MaxTokens} tokens. Revoke some first.");
        var token = TokenText.New(Id);
        State.Tokens.Add(new TenantRecord.TokenRecord(token.TokenId, name, role, TokenText.HashOf(token.Secret), time.GetUtcNow()));
        await SaveAsync();
        return new NewToken(token.TokenId, token.ToString());
    }

    public Task<IReadOnlyList<TokenInfo>> ListTokensAsync() =>
        Task.FromResult<IReadOnlyList<TokenInfo>>([.. State.Tokens.Select(token => new TokenInfo(token.TokenId, token.Name, token.Role, token.CreatedAt))]);

    public async Task<bool> RevokeTokenAsync(string tokenId)
    {
        if (State.Tokens.RemoveAll(token => token.TokenId == tokenId) == 0)
            return false;
        await SaveAsync();
        return true;
    }

    public Task<Role?> AuthenticateAsync(string tokenId, string secret)
    {
        if (State.Name is null)
            DeactivateOnIdle();
        var hash = Encoding.ASCII.GetBytes(TokenText.HashOf(secret));
        var token = State.Tokens.Find(token => token.TokenId == tokenId);
        return Task.FromResult(
            token is not null && CryptographicOperations.FixedTimeEquals(hash, Encoding.ASCII.GetBytes(token.SecretHash)) ? token.Role : (Role?)null);
    }

    public async Task WakeAsync()
    {
        if (State.Name is null)
            return;
        await RegisterRemindersAsync();
        foreach (var chunk in State.Connections.Chunk(32))
            await Task.WhenAll(chunk.Select(connection => WakeAsync(connection.ConnectionId)));
    }

    public async Task<int> SealAnewAsync()
    {
        var accounts = State.Accounts.Select(account => account.Kind == AccountKind.Ometria
            ? OmetriaOf(account.AccountId).SealAnewAsync()
            : RechargeOf(account.AccountId).SealAnewAsync());
        var connections = State.Connections.Select(connection => ConnectionOf(connection.ConnectionId).SealAnewAsync());
        return (await Task.WhenAll(accounts.Concat(connections))).Sum();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => WakeAsync();

    private async Task<Answer<TenantView>> ApplyAsync(Enablement enablement)
    {
        State.Enablement = enablement;
        await SaveAsync();
        foreach (var connection in State.Connections)
            await ConnectionOf(connection.ConnectionId).ApplyEnablementAsync(enablement);
        return View();
    }

    private async Task WakeAsync(string connectionId)
    {
        try
        {
            await ConnectionOf(connectionId).WakeAsync(State.Enablement);
        }
        catch (Exception failure)
        {
            // One connection's trouble must not keep the others asleep. It is woken again at the next tick.
            LogWakeFailed(failure, connectionId);
        }
    }

    /// <summary>
    /// Two reminders: one anchored at the hour of the daily sync with a period of ten minutes, because a tick that is missed while
    /// everything is down is lost, and one for reading upcoming charges. Registered only when the schedule changes: registering
    /// moves the anchor.
    /// </summary>
    private async Task RegisterRemindersAsync()
    {
        var options = schedule.Value;
        var wanted = $"{options.DailySyncUtc} {options.UpcomingChargeEvery} spread";
        if (State.RemindersFor == wanted)
            return;
        var now = time.GetUtcNow();
        var place = await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.Key).GetPlaceAsync(Id);
        var untilDaily = DailyClock.Parse(options.DailySyncUtc).Next(now) - now + DailySpread.Of(place);
        var every = options.UpcomingChargeEvery < ShortestPeriod ? ShortestPeriod : options.UpcomingChargeEvery;
        await this.RegisterOrUpdateReminder(DailyReminder, TimeSpan.FromTicks(untilDaily.Ticks % DailyPeriod.Ticks), DailyPeriod);
        await this.RegisterOrUpdateReminder(UpcomingReminder, every, every);
        State.RemindersFor = wanted;
        await SaveAsync();
    }

    private TenantView View() => new()
    {
        TenantId = Id,
        Name = State.Name ?? "",
        Enablement = State.Enablement,
        ConnectionIds = [.. State.Connections.Select(connection => connection.ConnectionId)],
        CreatedAt = State.CreatedAt,
        Quotas = Quotas,
        OwnQuotas = State.Enablement.Quotas ?? new TenantQuotas(),
    };

    private TenantQuotas Quotas => quotas.Value.For(State.Enablement.Quotas);

    private AccountKey KeyOf(string accountId) => new(Id, accountId);

    private IConnectionGrain ConnectionOf(string connectionId) => grains.GetGrain<IConnectionGrain>(new ConnectionKey(Id, connectionId).ToString());

    private IRechargeAccountGrain RechargeOf(string accountId) => grains.GetGrain<IRechargeAccountGrain>(KeyOf(accountId).ToString());

    private IOmetriaAccountGrain OmetriaOf(string accountId) => grains.GetGrain<IOmetriaAccountGrain>(KeyOf(accountId).ToString());

    private Task SaveAsync() => store.WriteStateAsync().OrDeactivateAsync(this);

    private const string DailyReminder = "daily-sync";
    private const string UpcomingReminder = "upcoming-charges";

    /// <summary>The shortest period that Orleans takes for a reminder.</summary>
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan DailyPeriod = TimeSpan.FromMinutes(10);
}
