using System.Threading.Channels;

namespace RechargeGrains.Sandbox;

/// <summary>
/// Sends raised topics to the registered addresses, as Recharge does: signed twice, 5 seconds to answer, 20 attempts
/// in 48 hours on the sandbox clock, and then the registration is deleted. Order is not promised.
/// </summary>
public sealed partial class WebhookSender : IAsyncDisposable
{
    private readonly AppendLog<WebhookDelivery> _log = new();
    private readonly Channel<WebhookDelivery> _due = Channel.CreateUnbounded<WebhookDelivery>();
    private readonly Signal _changed = new();
    private readonly Lock _gate = new();
    private readonly List<WebhookDelivery> _held = [];
    private readonly List<WebhookDelivery> _toReverse = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly SandboxOptions _options;
    private readonly SandboxClock _clock;
    private readonly RetrySchedule _schedule;
    private readonly HttpClient _http;
    private readonly Task[] _workers;
    private readonly ILogger _logger;
    private RechargeStore? _store;
    private bool _holding;
    private long _busy;
    private long _lastId;
    private long _raised;
    private long _delivered;
    private long _refused;
    private long _forsaken;
    private long _attempts;

    internal WebhookSender(SandboxOptions options, SandboxClock clock, ILogger<WebhookSender> logger)
    {
        _options = options;
        _clock = clock;
        _logger = logger;
        _schedule = new RetrySchedule(options);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            MaxConnectionsPerServer = Math.Max(1, options.WebhookConcurrency),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _workers = [.. Enumerable.Range(0, Math.Max(1, options.WebhookConcurrency)).Select(_ => Task.Run(WorkAsync))];
    }

    public WebhookFaults Faults { get; } = new();

    public IReadOnlyList<WebhookRegistration> Registrations => Registry.All;

    /// <summary>Takes a registration away, as Recharge does after 48 hours of failures and a person can by hand.</summary>
    public bool RemoveRegistration(long id) => Registry.Remove(id);

    /// <summary>Every message raised for a registration, oldest first; empty when <see cref="SandboxOptions.KeepsDeliveries"/> is off.</summary>
    public IReadOnlyList<WebhookDelivery> Deliveries => _log.Snapshot();

    public WebhookTally Tally => new(
        Interlocked.Read(ref _lastId),
        Interlocked.Read(ref _delivered),
        Interlocked.Read(ref _refused),
        Interlocked.Read(ref _forsaken),
        Interlocked.Read(ref _attempts));

    /// <summary>Deliveries that are being sent or are about to be; not those that are held, delayed or wait for a retry.</summary>
    internal long UnderWay => Interlocked.Read(ref _busy);

    internal WebhookMoments Moments { get; } = new();

    /// <summary>Told of each message that was answered 2xx, before anybody who waits for it.</summary>
    internal Action<WebhookDelivery>? Delivered { get; set; }

    internal WebhookRegistry Registry { get; } = new();

    /// <summary>Keeps back all first attempts until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
            _holding = true;
    }

    /// <summary>Sends what was held, in the order it was raised, and holds no more.</summary>
    public void Release()
    {
        WebhookDelivery[] held;
        lock (_gate)
        {
            _holding = false;
            held = [.. _held];
            _held.Clear();
        }

        foreach (var delivery in held)
            MakeDue(delivery);
    }

    /// <summary>Sends a message of the log once more, byte for byte, as a new delivery.</summary>
    public WebhookDelivery SendAgain(WebhookDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var again = NewDelivery(delivery.Webhook, delivery.Body, delivery.Fact);
        MakeDue(again);
        return again;
    }

    /// <summary>Completes when nothing is under way or due. What is held, delayed or waits for a retry is not due.</summary>
    /// <exception cref="TimeoutException">Deliveries were still under way.</exception>
    public Task DrainAsync(TimeSpan timeout, CancellationToken ct = default)
    {
        FlushReversed();
        return _changed.WaitForAsync(
            () => Interlocked.Read(ref _busy) == 0 ? this : null, timeout, () => $"{Interlocked.Read(ref _busy)} deliveries under way", ct);
    }

    /// <summary>Completes when the counts satisfy <paramref name="until"/>, which costs the same however much was sent.</summary>
    public Task<WebhookTally> WaitForTallyAsync(Func<WebhookTally, bool> until, TimeSpan timeout, CancellationToken ct = default) =>
        _changed.WaitForAsync(() => Tally is var tally && until(tally) ? tally : null, timeout, () => Tally.ToString(), ct);

    /// <summary>Completes when the log satisfies <paramref name="until"/>.</summary>
    public Task<IReadOnlyList<WebhookDelivery>> WaitForAsync(
        Func<IReadOnlyList<WebhookDelivery>, bool> until, TimeSpan timeout, CancellationToken ct = default) => _changed.WaitForAsync(
            () => Deliveries is var log && until(log) ? log : null,
            timeout,
            () => string.Join(", ", Deliveries.GroupBy(delivery => (delivery.Topic, delivery.State)).Select(group => $"{group.Count()} {group.Key}")),
            ct);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _due.Writer.TryComplete();
        await Task.WhenAll(_workers);
        _http.Dispose();
        _stopping.Dispose();
    }

    internal void Attach(RechargeStore store)
    {
        _store = store;
        store.Raised = Raise;
    }

    internal void SendSample(WebhookRegistration webhook, RechargeStore store)
    {
        var subscription = store.Subscriptions.FirstOrDefault();
        var customer = store.Customers.FirstOrDefault();
        var sample = new StoreEvent(webhook.Topic, customer?.Id ?? 0, customer?.Id ?? 0);
        sample = sample.ObjectType switch
        {
            "customer" => sample with { Customer = customer },
            "subscription" => sample with { Subscription = subscription },
            "charge" => sample with { Charge = store.Charges.FirstOrDefault() },
            _ => sample,
        };
        MakeDue(NewDelivery(webhook, WebhookBody.Of(sample, webhook, store), null));
    }

    private void Raise(StoreEvent raised)
    {
        foreach (var webhook in Registry.All.Where(webhook => webhook.Topic == raised.Topic))
        {
            var fact = Moments.Raised(raised);
            var delivery = NewDelivery(webhook, WebhookBody.Of(raised, webhook, _store!), fact);
            var number = Interlocked.Increment(ref _raised);
            if (IsNth(number, Faults.LoseEvery))
            {
                Forsake(delivery, WebhookState.Lost);
                _changed.Raise();
                continue;
            }

            Start(delivery);
            if (IsNth(number, Faults.DuplicateEvery))
                Start(NewDelivery(webhook, delivery.Body, fact));
        }
    }

    private static bool IsNth(long number, int every) => every > 0 && number % every == 0;

    private WebhookDelivery NewDelivery(WebhookRegistration webhook, byte[] body, WebhookFact? fact)
    {
        var delivery = new WebhookDelivery(Interlocked.Increment(ref _lastId), webhook, body, _clock.GetUtcNow(), fact);
        if (_options.KeepsDeliveries)
            _log.Add(delivery);
        _changed.Raise();
        return delivery;
    }

    private void Start(WebhookDelivery delivery)
    {
        lock (_gate)
        {
            if (_holding)
            {
                _held.Add(delivery);
                return;
            }

            if (Faults.ReverseEvery > 1)
            {
                _toReverse.Add(delivery);
                if (_toReverse.Count < Faults.ReverseEvery)
                    return;
            }
        }

        if (Faults.ReverseEvery > 1)
            FlushReversed();
        else
            DelayThenMakeDue(delivery);
    }

    /// <summary>Sends what is collected to be turned round, though there is not enough of it yet.</summary>
    internal void FlushReversed()
    {
        WebhookDelivery[] reversed;
        lock (_gate)
        {
            reversed = [.. Enumerable.Reverse(_toReverse)];
            _toReverse.Clear();
        }

        foreach (var delivery in reversed)
            DelayThenMakeDue(delivery);
    }

    private void DelayThenMakeDue(WebhookDelivery delivery)
    {
        if (Faults.Delay > TimeSpan.Zero)
            MakeDueAt(delivery, _clock.GetUtcNow() + Faults.Delay);
        else
            MakeDue(delivery);
    }
}
