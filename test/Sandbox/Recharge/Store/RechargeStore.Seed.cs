namespace RechargeGrains.Sandbox;

public sealed partial class RechargeStore
{
    private static readonly Interval[] Intervals =
        [Interval.Days(30), Interval.Days(30), Interval.Weeks(2), Interval.Weeks(4), Interval.Months(1), Interval.Months(2), Interval.Days(45)];

    private static readonly string[] Reasons =
        ["Too expensive", "Too much product", "Switched to another brand", "No longer needed", "Max number of charge attempts reached"];

    /// <summary>Four years of customers. Nothing of this raises a topic or enters the journal: it is the past.</summary>
    private void Seed()
    {
        var now = Now();
        var today = Today;
        for (var number = 0; number < _options.Customers; number++)
        {
            var (first, last) = People.Name(_random);
            var id = ++_lastCustomer;
            var createdAt = Past(now, daysAgo: _random.Next(3, 4 * 365));
            MakeCustomer(id, People.Email(first, last, id), first, last, createdAt);
            for (var address = _random.Next(100) switch { < 85 => 1, < 97 => 2, _ => 3 }; address > 0; address--)
                MakeAddress(id, createdAt);
            var subscriptions = _random.Next(100) switch { < 8 => 0, < 63 => 1, < 85 => 2, < 95 => 3, _ => 4 };
            for (; subscriptions > 0; subscriptions--)
                SeedSubscription(id, createdAt, now, today);
            SeedCharges(id, now, today);
        }
    }

    private void SeedSubscription(long customerId, DateTimeOffset customerSince, DateTimeOffset now, DateOnly today)
    {
        var addresses = ListOf(_addressesOf, customerId);
        var address = _addresses[addresses[_random.Next(addresses.Count)]];
        var variant = NewTo(address);
        var interval = Intervals[_random.Next(Intervals.Length)];
        var createdAt = customerSince.AddSeconds((now - customerSince).TotalSeconds * _random.NextDouble() * 0.9);
        createdAt = createdAt.AddTicks(-(createdAt.Ticks % TimeSpan.TicksPerSecond));
        var updatedAt = Between(createdAt, now);
        var status = _random.Next(100) switch
        {
            < 70 => SubscriptionStatus.Active,
            < 95 => SubscriptionStatus.Cancelled,
            _ => SubscriptionStatus.Expired,
        };
        // Half of the dates are shared by the address, so that charges of several items occur.
        var daysAhead = _random.Next(2) == 0 ? 1 + (int)(address.Id % 28) : _random.Next(1, interval.After(today).DayNumber - today.DayNumber + 1);
        var subscription = Put(new Subscription
        {
            Id = ++_lastSubscription,
            AddressId = address.Id,
            CustomerId = customerId,
            Status = status,
            Variant = variant,
            Quantity = _random.Next(10) < 7 ? 1 : _random.Next(2, 5),
            Price = variant.Price,
            Interval = interval,
            ExpireAfterCharges = status == SubscriptionStatus.Expired ? 6 : null,
            NextChargeOn = status == SubscriptionStatus.Active ? today.AddDays(daysAhead) : null,
            CancelledAt = status == SubscriptionStatus.Cancelled ? updatedAt : null,
            CancellationReason = status == SubscriptionStatus.Cancelled ? Reasons[_random.Next(Reasons.Length)] : null,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
        });
        AddTo(_subscriptionsOf, customerId, subscription.Id);
        var customer = _customers[customerId];
        var touched = Between(createdAt, now);
        Put(customer with
        {
            FirstChargeProcessedAt = customer.FirstChargeProcessedAt ?? createdAt,
            UpdatedAt = touched > customer.UpdatedAt ? touched : customer.UpdatedAt,
        });
    }

    private void SeedCharges(long customerId, DateTimeOffset now, DateOnly today)
    {
        var groups = ListOf(_subscriptionsOf, customerId).Select(id => _subscriptions[id])
            .Where(subscription => subscription.IsActive)
            .GroupBy(subscription => (subscription.AddressId, On: subscription.NextChargeOn!.Value));
        foreach (var group in groups)
        {
            ChargeLine[] lines = [.. group.Select(LineOf)];
            var paidOn = group.Key.On.AddDays(-30);
            if (paidOn < today && group.All(subscription => DateOnly.FromDateTime(subscription.CreatedAt.UtcDateTime) < paidOn))
                SeedPaid(customerId, group.Key.AddressId, paidOn, lines);
            Queue(group.Key.AddressId, group.Key.On, lines, now.AddDays(-1));
        }
    }

    private void SeedPaid(long customerId, long addressId, DateOnly on, ChargeLine[] lines)
    {
        var at = new DateTimeOffset(on, new TimeOnly(5, 7, 31), TimeSpan.Zero);
        _charges[++_lastCharge] = new Charge
        {
            Id = _lastCharge,
            AddressId = addressId,
            CustomerId = customerId,
            Status = ChargeStatus.Success,
            ScheduledOn = on,
            OriginallyOn = on,
            Lines = lines,
            ProcessedAt = at,
            CreatedAt = at.AddDays(-30),
            UpdatedAt = at,
        };
    }

    private Customer MakeCustomer(long id, string email, string first, string last, DateTimeOffset at)
    {
        var customer = Put(new Customer
        {
            Id = id,
            Email = email,
            FirstName = first,
            LastName = last,
            Phone = _random.Next(3) == 0 ? string.Create(CultureInfo.InvariantCulture, $"+4477009{_random.Next(100_000):00000}") : null,
            ExternalId = (8_100_200_000_000 + id).ToString(CultureInfo.InvariantCulture),
            Hash = string.Create(CultureInfo.InvariantCulture, $"{_random.NextInt64():x16}{id:x8}"),
            CreatedAt = at,
            UpdatedAt = at,
        });
        _customerByEmail[email] = id;
        return customer;
    }

    private Address MakeAddress(long customerId, DateTimeOffset at)
    {
        var (street, city, zip) = People.Home(_random);
        var address = new Address { Id = ++_lastAddress, CustomerId = customerId, Street = street, City = city, Zip = zip, CreatedAt = at };
        _addresses[address.Id] = address;
        AddTo(_addressesOf, customerId, address.Id);
        return address;
    }

    private DateTimeOffset Past(DateTimeOffset now, int daysAgo) => now.AddDays(-daysAgo).AddSeconds(-_random.Next(86_400));

    private DateTimeOffset Between(DateTimeOffset from, DateTimeOffset to) =>
        from.AddSeconds(Math.Floor((to - from).TotalSeconds * _random.NextDouble()));
}
