namespace RechargeGrains.Sandbox;

/// <summary>
/// The shop behind the fake Recharge: customers, addresses, subscriptions and charges, safe to use from any thread.
/// What it hands out are values that never change. Each operation writes the timestamps that Recharge would write,
/// rebuilds queued charges, records a fact in the <see cref="Journal"/> and raises the topics of Recharge.
/// </summary>
public sealed partial class RechargeStore
{
    private readonly Lock _gate = new();
    private readonly Table<Customer> _customers = new();
    private readonly Table<Address> _addresses = new();
    private readonly Table<Subscription> _subscriptions = new();
    private readonly Table<Charge> _charges = new();
    private readonly Dictionary<long, List<long>> _addressesOf = [];
    private readonly Dictionary<long, List<long>> _subscriptionsOf = [];
    private readonly Dictionary<long, List<long>> _queuedOf = [];
    private readonly Dictionary<string, long> _customerByEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<EventRow> _events = [];
    private readonly SandboxOptions _options;
    private readonly SandboxClock _clock;
    private readonly Journal _journal;
    private readonly TimeZoneInfo _zone;
    private readonly Random _random;
    private long _lastCustomer = 700_100_000;
    private long _lastAddress = 800_100_000;
    private long _lastSubscription = 900_100_000;
    private long _lastCharge = 1_500_100_000;
    private long _lastEvent = 300_100_000;

    internal RechargeStore(SandboxOptions options, SandboxClock clock, Journal journal)
    {
        _options = options;
        _clock = clock;
        _journal = journal;
        _zone = TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone);
        _random = new Random(options.Seed);
        CreatedAt = Now().AddYears(-4).AddDays(-30);
        Seed();
    }

    /// <summary>Called with every topic, in order, while the store is locked: the body has to show this very moment.</summary>
    internal Action<StoreEvent>? Raised { get; set; }

    internal SandboxOptions Options => _options;

    internal DateTimeOffset CreatedAt { get; }

    /// <summary>The store's own calendar date.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_clock.GetUtcNow(), _zone).DateTime);

    public IReadOnlyList<Customer> Customers => Read(() => _customers.Rows.ToArray());

    public IReadOnlyList<Subscription> Subscriptions => Read(() => _subscriptions.Rows.ToArray());

    public IReadOnlyList<Charge> Charges => Read(() => _charges.Rows.ToArray());

    /// <exception cref="StoreRuleException">There is none with this id.</exception>
    public Customer GetCustomer(long id) => Read(() => NeedCustomer(id));

    public Customer? FindCustomer(string email) =>
        Read(() => _customerByEmail.TryGetValue(email, out var id) ? _customers[id] : null);

    /// <exception cref="StoreRuleException">There is none with this id.</exception>
    public Subscription GetSubscription(long id) => Read(() => NeedSubscription(id));

    /// <exception cref="StoreRuleException">There is none with this id.</exception>
    public Charge GetCharge(long id) => Read(() => NeedCharge(id));

    public IReadOnlyList<Address> AddressesOf(long customerId) =>
        Read(() => ListOf(_addressesOf, customerId).Select(id => _addresses[id]).ToArray());

    public IReadOnlyList<Subscription> SubscriptionsOf(long customerId) =>
        Read(() => ListOf(_subscriptionsOf, customerId).Select(id => _subscriptions[id]).ToArray());

    /// <summary>Queued charges of all the customer's addresses, the earliest first.</summary>
    public IReadOnlyList<Charge> QueuedChargesOf(long customerId) => Read(() => ListOf(_addressesOf, customerId)
        .SelectMany(address => ListOf(_queuedOf, address))
        .Select(id => _charges[id])
        .OrderBy(charge => charge.ScheduledOn)
        .ToArray());

    public SubscriptionCounts CountsOf(long customerId) => Read(() =>
    {
        var owned = ListOf(_subscriptionsOf, customerId);
        return new SubscriptionCounts(owned.Count(id => _subscriptions[id].IsActive), owned.Count);
    });

    internal Customer? TryCustomer(long id) => Read(() => _customers.GetValueOrDefault(id));

    internal Subscription? TrySubscription(long id) => Read(() => _subscriptions.GetValueOrDefault(id));

    internal Charge? TryCharge(long id) => Read(() => _charges.GetValueOrDefault(id));

    internal Address? TryAddress(long id) => Read(() => _addresses.GetValueOrDefault(id));

    /// <summary>Reads several things as they are at one moment.</summary>
    internal T Read<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    internal Page<Customer> Page(PageRequest<Customer> request) => Read(() => request.Apply(_customers.Rows));

    internal Page<Subscription> Page(PageRequest<Subscription> request) => Read(() => request.Apply(_subscriptions.Rows));

    internal Page<Charge> Page(PageRequest<Charge> request) => Read(() => request.Apply(_charges.Rows));

    internal Page<EventRow> Page(PageRequest<EventRow> request) => Read(() => request.Apply(_events));

    /// <summary>Whole seconds, because that is what Recharge writes.</summary>
    internal DateTimeOffset Now()
    {
        var now = _clock.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond));
    }

    private static IReadOnlyList<long> ListOf(Dictionary<long, List<long>> index, long key) =>
        index.TryGetValue(key, out var list) ? list : [];

    private static void AddTo(Dictionary<long, List<long>> index, long key, long value)
    {
        if (!index.TryGetValue(key, out var list))
            index[key] = list = new List<long>(2);
        list.Add(value);
    }

    private Customer NeedCustomer(long id) => _customers.GetValueOrDefault(id) ?? throw new StoreRuleException($"There is no customer {id}.");

    private Subscription NeedSubscription(long id) =>
        _subscriptions.GetValueOrDefault(id) ?? throw new StoreRuleException($"There is no subscription {id}.");

    private Charge NeedCharge(long id) => _charges.GetValueOrDefault(id) ?? throw new StoreRuleException($"There is no charge {id}.");

    private void Raise(string topic, Customer customer) => Raise(new StoreEvent(topic, customer.Id, customer.Id) { Customer = customer });

    private void Raise(string topic, Subscription subscription) =>
        Raise(new StoreEvent(topic, subscription.CustomerId, subscription.Id) { Subscription = subscription });

    private void Raise(string topic, Charge charge) =>
        Raise(new StoreEvent(topic, charge.CustomerId, charge.Id) { Charge = charge });

    private void Raise(StoreEvent raised)
    {
        _events.Add(new EventRow(++_lastEvent, raised.CustomerId, raised.ObjectId, raised.ObjectType, raised.Verb, Now()));
        Raised?.Invoke(raised);
    }
}
