namespace RechargeGrains.Sandbox;

/// <summary>
/// The life of a shop at random: customers come, subscribe, subscribe again, change, leave and return, as fast as the product takes
/// it. Some webhooks go out late, turned round, or twice at the same time.
/// </summary>
internal sealed class ChaosLife
{
    /// <summary>Who has so many makes room for somebody new: a customer of thousands is no customer.</summary>
    private const int MostSubscriptions = 4;

    private const int ReverseEvery = 3;

    /// <summary>Nothing moves for so long only if the product is stuck.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private readonly SandboxHost _sandbox;
    private readonly ChaosOptions _options;
    private readonly ChaosProgress _progress;
    private readonly Random _random;
    private readonly SubscriptionPool _active;
    private readonly SubscriptionPool _cancelled;
    private readonly List<(long Id, int Subscriptions)> _customers = [];

    public ChaosLife(SandboxHost sandbox, ChaosOptions options, ChaosProgress progress)
    {
        _sandbox = sandbox;
        _options = options;
        _progress = progress;
        _random = new Random(options.Seed);
        _active = new SubscriptionPool(_random);
        _cancelled = new SubscriptionPool(_random);
        _customers.AddRange(sandbox.Store.Customers.Select(customer => (customer.Id, sandbox.Store.SubscriptionsOf(customer.Id).Count)));
        foreach (var subscription in sandbox.Store.Subscriptions)
        {
            if (subscription.Status != SubscriptionStatus.Expired)
                (subscription.IsActive ? _active : _cancelled).Add(subscription.Id, DateTimeOffset.MinValue);
        }
    }

    private RechargeStore Store => _sandbox.Store;

    private DateTimeOffset Now => _sandbox.Clock.GetUtcNow();

    public async Task PlayAsync(CancellationToken ct)
    {
        // As many as keep all connections busy; the rest would only wait in line and be late.
        var most = 8 * _options.Connections;
        var faults = _sandbox.Faults.Webhooks;
        faults.ReverseEvery = ReverseEvery;
        while (_progress.Played < _options.Events)
        {
            if (!_progress.IsAllowed)
                await RestAsync(ct);
            if (_sandbox.Webhooks.Tally.Pending >= most)
                await _sandbox.Webhooks.WaitForTallyAsync(tally => tally.Pending <= most / 2, Limit, ct);
            faults.DuplicateEvery = Happens(0.1) ? 1 : 0;
            faults.Delay = Happens(0.03) ? TimeSpan.FromSeconds(_random.NextDouble() * 2) : TimeSpan.Zero;
            Step();
        }

        faults.Clear();
    }

    private Task RestAsync(CancellationToken ct)
    {
        // Nobody comes after them for now.
        _sandbox.Webhooks.FlushReversed();
        return _progress.WaitUntilAllowedAsync(ct);
    }

    private void Step()
    {
        switch (_random.NextDouble())
        {
            case < 0.05:
                Change();
                break;
            case < 0.2:
                Subscribe();
                break;
            case < 0.62 when _active.Take(Now) is { } leaving:
                Cancel(leaving);
                break;
            case < 1 when _cancelled.Take(Now) is { } returning:
                Store.Activate(returning);
                _active.Add(returning, Now);
                _progress.Play(1);
                break;
            default:
                Subscribe();
                break;
        }
    }

    private void Change()
    {
        if (_active.Take(Now) is not { } id)
            return;
        Store.UpdateQuantity(id, _random.Next(1, 9));
        _active.Add(id, Now);
    }

    private void Subscribe()
    {
        // A first charge far away: announcements of charges are not part of this.
        var details = new NewSubscription { NextChargeOn = Store.Today.AddDays(_random.Next(20, 60)) };
        var subscription = Store.CreateSubscription(Someone(), details).Id;
        _progress.Play(1);
        if (Happens(0.8))
            _active.Add(subscription, Now);
        else
            Cancel(subscription);
    }

    private void Cancel(long subscription)
    {
        Store.Cancel(subscription);
        _cancelled.Add(subscription, Now);
        _progress.Play(1);
    }

    private long Someone()
    {
        var index = _random.Next(_customers.Count);
        if (_customers[index].Subscriptions >= MostSubscriptions || Happens(0.1))
        {
            index = _customers.Count;
            _customers.Add((Store.AddCustomer().Id, 0));
        }

        _customers[index] = _customers[index] with { Subscriptions = _customers[index].Subscriptions + 1 };
        return _customers[index].Id;
    }

    private bool Happens(double share) => _random.NextDouble() < share;
}
