namespace RechargeGrains.Sandbox;

/// <summary>
/// A day in the life of a subscription store in a few seconds: new customers, second subscriptions, cancellations and returns, while
/// some webhooks arrive twice and some overtake each other.
/// </summary>
internal sealed record DayOfLife(int Created, int Cancelled, int Activated, int Doubled, int Overtaken)
{
    private const int NewCustomers = 25;
    private const int SecondSubscriptions = 10;
    private const int Cancellations = 25;
    private const int Activations = 12;
    private const int DoubleEvery = 6;
    private const int ReverseEvery = 5;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    public static async Task<DayOfLife> PlayAsync(SandboxHost sandbox, CancellationToken stopping)
    {
        var random = new Random(sandbox.Options.Seed);
        var before = sandbox.Journal.Entries.LastOrDefault()?.Sequence ?? -1;
        sandbox.Faults.Webhooks.DuplicateEvery = DoubleEvery;
        sandbox.Faults.Webhooks.ReverseEvery = ReverseEvery;
        var store = sandbox.Store;

        var fresh = new List<Subscription>();
        for (var i = 0; i < NewCustomers; i++)
            fresh.Add(store.CreateSubscription(store.AddCustomer().Id, new NewSubscription { NextChargeOn = store.Today.AddDays(random.Next(1, 40)) }));
        foreach (var customer in Some(store.Customers.Where(customer => store.SubscriptionsOf(customer.Id).Any()), SecondSubscriptions, random))
            fresh.Add(store.CreateSubscription(customer.Id, new NewSubscription { ToNewAddress = true }));

        // Some of the new ones change their mind at once: their first two webhooks are on their way together.
        var cancelled = fresh.Take(5).Concat(Some(store.Subscriptions.Where(subscription => subscription.Status == SubscriptionStatus.Active), Cancellations, random))
            .DistinctBy(subscription => subscription.Id).ToList();
        foreach (var subscription in cancelled)
            store.Cancel(subscription.Id, "Too much coffee");
        // Times at Recharge are whole seconds, and who cancels and comes back within one would have done it at the same time.
        await Task.Delay(TimeSpan.FromSeconds(1.1), sandbox.Clock, stopping);
        foreach (var subscription in cancelled.Take(Activations))
            store.Activate(subscription.Id);

        var entries = sandbox.Journal.Entries.Where(entry => entry.Sequence > before).ToList();
        int Count(JournalKind kind) => entries.Count(entry => entry.Kind == kind);
        var day = new DayOfLife(Count(JournalKind.SubscriptionCreated), Count(JournalKind.SubscriptionCancelled), Count(JournalKind.SubscriptionActivated), 0, 0);
        // What is still collected to be turned round goes out now.
        sandbox.Faults.Webhooks.Clear();
        await sandbox.Webhooks.DrainAsync(Limit, stopping);
        await sandbox.Ometria.WaitForEventsAsync(events => events.Count >= day.Created + day.Cancelled + day.Activated, Limit, stopping);
        var sent = sandbox.Webhooks.Deliveries.Where(delivery => delivery.Attempts.Count > 0).ToList();
        return day with { Doubled = sent.Count - sent.DistinctBy(delivery => (delivery.Topic, delivery.BodyText)).Count(), Overtaken = CountOvertaken(sent) };
    }

    /// <summary>Deliveries that were sent after one that was raised later.</summary>
    private static int CountOvertaken(IEnumerable<WebhookDelivery> sent)
    {
        var latest = 0L;
        var overtaken = 0;
        foreach (var delivery in sent.OrderBy(delivery => delivery.Attempts[0].At))
        {
            if (delivery.Id < latest)
                overtaken++;
            latest = Math.Max(latest, delivery.Id);
        }

        return overtaken;
    }

    private static List<T> Some<T>(IEnumerable<T> all, int count, Random random)
    {
        var some = all.ToArray();
        random.Shuffle(some);
        return [.. some.Take(count)];
    }
}
