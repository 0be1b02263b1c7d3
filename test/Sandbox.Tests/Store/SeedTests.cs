namespace RechargeGrains.Sandbox.Tests;

public sealed class SeedTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_same_seed_gives_the_same_store_and_another_seed_another_one()
    {
        Assert.Equal(Fingerprint(1), Fingerprint(1));
        Assert.NotEqual(Fingerprint(1), Fingerprint(2));

        static string Fingerprint(int seed) => string.Join('\n', Seed(200, seed).Subscriptions);
    }

    [Fact]
    public void A_seeded_store_has_customers_of_every_kind()
    {
        var store = Seed(2000, 7);
        var counts = store.Customers.Select(customer => store.CountsOf(customer.Id)).ToArray();

        Assert.Equal(2000, store.Customers.Select(customer => customer.Email).Distinct().Count());
        Assert.Contains(counts, count => count.Total == 0);
        Assert.Contains(counts, count => count is { Total: > 0, Active: 0 });
        Assert.Contains(counts, count => count.Total == 4);
        Assert.Contains(store.Subscriptions, subscription => subscription.Status == SubscriptionStatus.Expired);
        Assert.Contains(store.Customers, customer => store.AddressesOf(customer.Id).Count > 1);
        Assert.Contains(store.Charges, charge => charge is { Status: ChargeStatus.Queued, Lines.Count: > 1 });
        Assert.Contains(store.Charges, charge => charge.Status == ChargeStatus.Success);
        Assert.All(store.Customers, customer => Assert.InRange(customer.UpdatedAt, customer.CreatedAt, Start));
        Assert.All(store.Subscriptions, subscription => Assert.InRange(subscription.UpdatedAt, subscription.CreatedAt, Start));
    }

    [Fact]
    public void Every_active_subscription_is_on_exactly_one_queued_charge_of_its_address_and_date()
    {
        var store = Seed(500, 3);
        var lines = store.Charges.Where(charge => charge.Status == ChargeStatus.Queued)
            .SelectMany(charge => charge.Lines.Select(line => (line.SubscriptionId, charge.AddressId, (DateOnly?)charge.ScheduledOn)));
        var active = store.Subscriptions.Where(subscription => subscription.IsActive)
            .Select(subscription => (subscription.Id, subscription.AddressId, subscription.NextChargeOn));

        Assert.Equal(active.Order(), lines.Order());
        Assert.Distinct(store.Charges.Where(charge => charge.Status == ChargeStatus.Queued).Select(charge => (charge.AddressId, charge.ScheduledOn)));
    }

    private static RechargeStore Seed(int customers, int seed)
    {
        using var clock = new SandboxClock(Start, speed: 0);
        return new RechargeStore(new SandboxOptions { Customers = customers, Seed = seed }, clock, new Journal());
    }
}
