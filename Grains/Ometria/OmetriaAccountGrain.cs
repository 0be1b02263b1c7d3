using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using RechargeGrains.Accounts;
using RechargeGrains.Grains.Accounts;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Security;
using RechargeGrains.Grains.Work;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Ometria;

/// <inheritdoc cref="IOmetriaAccountGrain"/>
[GrainType("rg-ometria-account"), Reentrant]
internal sealed partial class OmetriaAccountGrain : Grain, IOmetriaAccountGrain
{
    /// <summary>A hair below the allowed rate, so that jitter on the way never puts one push too many into a second at Ometria.</summary>
    internal const double Margin = 0.97;

    private const string KeyPurpose = "api-key";

    /// <summary>Ometria mentions no <c>Retry-After</c>; its limits count by the second.</summary>
    private static readonly TimeSpan AfterTooMany = TimeSpan.FromSeconds(1);

    /// <summary>How often a refused key is tried again by itself: a 403 may be lifted without the key being replaced.</summary>
    private static readonly TimeSpan RefusedRetry = TimeSpan.FromMinutes(5);

    private readonly IPersistentState<OmetriaAccountState> _store;
    private readonly OmetriaClient _client;
    private readonly ISecretProtector _protector;
    private readonly TimeProvider _time;
    private readonly OmetriaMetrics _metrics;
    private readonly ILogger<OmetriaAccountGrain> _logger;
    private readonly CallBudget _budget;
    private readonly AdaptiveRate _rate;
    private readonly SlotBook _slots = new();
    private AccountKey _key;
    private DateTimeOffset _refusedTriedAt;
    private DateTimeOffset _errorsReadAt;
    private Task<IReadOnlyList<PushError>?>? _errors;
    private long _recordsPushed;

    public OmetriaAccountGrain(
        [PersistentState("ometria-account")] IPersistentState<OmetriaAccountState> store,
        OmetriaClient client,
        ISecretProtector protector,
        IOptions<OmetriaOptions> options,
        TimeProvider time,
        OmetriaMetrics metrics,
        ILogger<OmetriaAccountGrain> logger)
    {
        _store = store;
        _client = client;
        _protector = protector;
        _time = time;
        _metrics = metrics;
        _logger = logger;
        // A bucket of one: pushes are spaced evenly, and no window of a second ever sees more than the rate.
        _budget = new CallBudget(time, 1, options.Value.PushesPerSecond * Margin);
        _rate = new AdaptiveRate(options.Value.PushesPerSecond * Margin);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = AccountKey.Parse(this.GetPrimaryKeyString());
        _slots.Counts = _store.State.Slots;
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _budget.Dispose();
        return Task.CompletedTask;
    }

    public async Task<KeyCheck> SetKeyAsync(string apiKey)
    {
        var check = await _client.CheckAsync(apiKey, CancellationToken.None);
        if (check.Verdict is not (KeyVerdict.Accepted or KeyVerdict.AcceptedUnverified))
            return check;
        _store.State.Key = SealedKey.Of(apiKey, _key, KeyPurpose, _protector);
        _store.State.Verified = check.Verdict == KeyVerdict.Accepted;
        _store.State.RefusedSince = null;
        await SaveAsync();
        return check;
    }

    public async Task<int> SealAnewAsync()
    {
        if (_store.State.Key is not { } key || key.Renewed(_key, KeyPurpose, _protector) is not { } renewed || renewed == key)
            return 0;
        _store.State.Key = renewed;
        await SaveAsync();
        return 1;
    }

    public Task<AccountStatus> GetStatusAsync() => Task.FromResult(new AccountStatus
    {
        KeyHint = _store.State.Key?.Hint,
        RefusedSince = _store.State.RefusedSince,
        Verified = _store.State.Verified,
    });

    public async Task<PushResult> PushAsync(
        string lane, IReadOnlyList<byte[]> records, CallPriority priority, CancellationToken cancellationToken = default)
    {
        if (_store.State.Key is not { } key)
            throw new AccountMissingException();
        if (_store.State.RefusedSince is not null)
        {
            if (_time.GetUtcNow() < _refusedTriedAt + RefusedRetry)
                return new PushResult { Outcome = PushOutcome.KeyRefused, Detail = "Ometria refuses the key." };
            _refusedTriedAt = _time.GetUtcNow();
        }

        await _budget.AcquireAsync(lane, priority == CallPriority.BackFill, cancellationToken);
        var sentAt = _time.GetTimestamp();
        var (result, queueRemaining) = await _client.PushAsync(key.Open(_key, KeyPurpose, _protector), records);
        _metrics.Pushed(result.Outcome, _time.GetElapsedTime(sentAt));
        SetPace(result, queueRemaining);
        _recordsPushed += records.Count;
        // A key that was replaced while the push was under way has nothing to do with its answer.
        if (_store.State.Key == key)
            await NoteIfPossibleAsync(result);
        return result;
    }

    public async Task<IReadOnlyList<DateTimeOffset>> StampAsync(IReadOnlyList<StampRequest> events)
    {
        var now = _time.GetUtcNow();
        _slots.Forget(now);
        var moved = new Dictionary<long, DateTimeOffset>();
        var given = new List<(DateTimeOffset Stamp, bool MustBeKept)>(events.Count);
        foreach (var wanted in events)
        {
            var isAfter = moved.TryGetValue(wanted.CustomerId, out var before) && !(wanted.NotBefore >= before);
            var taken = _slots.Take(isAfter ? wanted with { NotBefore = before } : wanted, now);
            given.Add(taken);
            if (taken.Stamp > wanted.Wanted || wanted.IsLate)
                moved[wanted.CustomerId] = taken.Stamp;
        }

        if (given.Exists(taken => taken.MustBeKept))
            await SaveAsync();
        return [.. given.Select(taken => taken.Stamp)];
    }

    public async Task<PushErrorList?> ListErrorsAsync(TimeSpan maxAge)
    {
        if (_store.State.Key is not { } key)
            throw new AccountMissingException();
        if (_errors is null || _time.GetUtcNow() - _errorsReadAt >= maxAge)
        {
            _errorsReadAt = _time.GetUtcNow();
            _errors = _client.ReadErrorsAsync(key.Open(_key, KeyPurpose, _protector), CancellationToken.None);
        }

        // Counted before the wait: what is pushed meanwhile may not be in the list.
        var pushed = _recordsPushed;
        return await _errors is { } errors ? new PushErrorList(errors, pushed) : null;
    }

    private void SetPace(PushResult result, long? queueRemaining)
    {
        var now = _time.GetUtcNow();
        if (result.Outcome == PushOutcome.Throttled)
        {
            _rate.Throttled(now);
            _budget.CloseFor(result.RetryAfter > AfterTooMany ? result.RetryAfter.Value : AfterTooMany);
            LogThrottled(_key, _rate.Current);
        }
        else if (result.Outcome == PushOutcome.Accepted)
        {
            _rate.Taken(now);
        }

        _budget.SetRate(_rate.Current * QueueGauge.ShareOf(queueRemaining));
    }

    /// <summary>What Ometria said is the caller's; that it could not be noted here must not take its place.</summary>
    private async Task NoteIfPossibleAsync(PushResult result)
    {
        try
        {
            await NoteAsync(result);
        }
        catch (Exception failure)
        {
            LogNotNoted(failure, _key);
        }
    }

    private async Task NoteAsync(PushResult result)
    {
        if (result.Outcome == PushOutcome.KeyRefused && _store.State.RefusedSince is null)
        {
            _store.State.RefusedSince = _refusedTriedAt = _time.GetUtcNow();
            LogKeyRefused(_key, result.Status);
            await SaveAsync();
        }
        else if (result.Outcome == PushOutcome.Accepted && (_store.State.RefusedSince is not null || !_store.State.Verified))
        {
            _store.State.RefusedSince = null;
            _store.State.Verified = true;
            await SaveAsync();
        }
    }

    private Task SaveAsync() => _store.WriteStateAsync().OrDeactivateAsync(this);

    [LoggerMessage(4201, LogLevel.Warning, "Ometria refuses the key of account {Account} (HTTP {Status}); what is to be sent is kept until it is replaced")]
    private partial void LogKeyRefused(AccountKey account, int? status);

    [LoggerMessage(4203, LogLevel.Error, "What Ometria said to a push of account {Account} could not be noted with the account")]
    private partial void LogNotNoted(Exception failure, AccountKey account);

    [LoggerMessage(4202, LogLevel.Information, "Ometria asks account {Account} to push more slowly (HTTP 429): {Rate:F2} pushes a second for now")]
    private partial void LogThrottled(AccountKey account, double rate);
}
