namespace RechargeGrains.Month;

/// <summary>
/// The life of a shop: customers come, subscribe, change, leave and return, charges are moved and skipped, all at random. It does
/// nothing that the product documents as a limit: no two transitions of a subscription come so close that no reading lies between.
/// </summary>
internal sealed class Shop
{
    /// <summary>Longer than an outage and the reading after it.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(9);

    private readonly SandboxHost _sandbox;
    private readonly Random _random;
    private readonly SubscriptionPool _active;
    private readonly SubscriptionPool _cancelled;
    private readonly List<long> _customers;
    private readonly HashSet<long> _gone = [];
    private int _addresses;

    public Shop(SandboxHost sandbox, Random random)
    {
        _sandbox = sandbox;
        _random = random;
        _active = new SubscriptionPool(random, Apart);
        _cancelled = new SubscriptionPool(random, Apart);
        _customers = [.. Store.Customers.Select(customer => customer.Id)];
        foreach (var subscription in Store.Subscriptions)
        {
            if (subscription.Status != SubscriptionStatus.Expired)
                (subscription.IsActive ? _active : _cancelled).Add(subscription.Id, DateTimeOffset.MinValue);
        }
    }

    private RechargeStore Store => _sandbox.Store;

    private DateTimeOffset Now => _sandbox.Clock.GetUtcNow();

    public void Join()
    {
        var customer = Store.AddCustomer().Id;
        _customers.Add(customer);
        for (var i = _random.Next(3); i > 0; i--)
            Subscribe(customer);
    }

    public void Subscribe() => Subscribe(Someone());

    public void Cancel() => Move(_active, _cancelled, id => Store.Cancel(id));

    public void Return() => Move(_cancelled, _active, id => Store.Activate(id, OneIn(3) ? SoonOrLater() : null));

    public void Change() => Move(_active, _active, id =>
    {
        if (OneIn(2))
            Store.UpdateQuantity(id, _random.Next(1, 9));
        else
            Store.UpdatePrice(id, _random.Next(500, 3_000) / 100m);
    });

    public void ChangeAddress() =>
        Store.ChangeEmail(Someone(), string.Create(CultureInfo.InvariantCulture, $"moved.{++_addresses}.{_random.Next(1_000_000)}@example.test"));

    public void Expire() => Move(_active, null, id => Store.ExpireSubscription(id));

    public void Delete() => Move(OneIn(2) ? _active : _cancelled, null, id => Store.DeleteSubscription(id));

    /// <summary>Deletes a customer with everything that belongs to it.</summary>
    public void DeleteCustomer()
    {
        var customer = Someone();
        _gone.UnionWith(Store.SubscriptionsOf(customer).Select(subscription => subscription.Id));
        _customers.Remove(customer);
        Store.DeleteCustomer(customer);
    }

    /// <summary>Moves the next charge of somebody: nearer, further away, or onto another one.</summary>
    public void MoveCharge()
    {
        if (SomeCharge() is { } charge)
            Store.MoveCharge(charge.AddressId, SoonOrLater());
    }

    public void Skip()
    {
        if (SomeCharge() is { } charge)
            Store.SkipCharge(charge.Id);
    }

    private void Subscribe(long customer)
    {
        var subscription = Store.CreateSubscription(customer, new NewSubscription
        {
            Quantity = _random.Next(1, 4),
            ToNewAddress = OneIn(10),
            NextChargeOn = OneIn(3) ? SoonOrLater() : null,
            Interval = OneIn(4) ? Interval.Weeks(_random.Next(1, 5)) : Interval.Days(30),
        });
        _active.Add(subscription.Id, Now);
    }

    private void Move(SubscriptionPool from, SubscriptionPool? to, Action<long> act)
    {
        if (from.Take(Now) is not { } id || _gone.Contains(id))
            return;
        act(id);
        to?.Add(id, Now);
    }

    private Charge? SomeCharge() => Store.QueuedChargesOf(Someone()).FirstOrDefault();

    /// <summary>As often inside the seven days in which a charge is announced as behind them.</summary>
    private DateOnly SoonOrLater() => Store.Today.AddDays(OneIn(2) ? _random.Next(1, 8) : _random.Next(8, 30));

    private long Someone() => _customers[_random.Next(_customers.Count)];

    private bool OneIn(int many) => _random.Next(many) == 0;
}
