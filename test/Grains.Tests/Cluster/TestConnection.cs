using Orleans.Core.Internal;
using RechargeGrains.Connections;
using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Ometria;
using RechargeGrains.Outbox;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Tests.Cluster;

/// <summary>One connection with everything that belongs to it.</summary>
internal sealed class TestConnection(ClusterFixture cluster, string tenant)
{
    private const long SentinelCustomer = 1;

    private long _sentinels;

    public ConnectionKey Key { get; } = new(tenant, "con");

    public string RechargeToken { get; } = $"recharge-token-of-{tenant}";

    public FakeOmetriaAccount Ometria { get; } = new();

    public FakeStore Store { get; } = new();

    public CustomerContext Context { get; set; } = Given.Context;

    public LateEventsPolicy LateEvents { get; set; }

    public IOutboxGrain Outbox => cluster.Grains.GetGrain<IOutboxGrain>(Key.ToString());

    public IContactBookGrain Book => cluster.Grains.GetGrain<IContactBookGrain>(Key.ToString());

    public IImportGrain Import => cluster.Grains.GetGrain<IImportGrain>(Key.ToString());

    public IImportPreviewGrain Preview => cluster.Grains.GetGrain<IImportPreviewGrain>(new AccountKey(tenant, "recharge").ToString());

    public IRefreshQueueGrain RefreshQueue => cluster.Grains.GetGrain<IRefreshQueueGrain>(Key.ToString());

    public IOmetriaAccountGrain OmetriaAccount => cluster.Grains.GetGrain<IOmetriaAccountGrain>(OmetriaKey.ToString());

    public IRechargeAccountGrain RechargeAccount => cluster.Grains.GetGrain<IRechargeAccountGrain>(new AccountKey(tenant, "recharge").ToString());

    public AccountKey OmetriaKey { get; } = new(tenant, "ometria");

    public ImportSettings Settings => new()
    {
        RechargeAccount = new AccountKey(tenant, "recharge"),
        OmetriaAccount = OmetriaKey,
        Context = Context,
        Held = false,
    };

    public ICustomerGrain Customer(long id = Given.CustomerId) => cluster.Grains.GetGrain<ICustomerGrain>(new CustomerKey(Key, id).ToString());

    /// <summary>Ends the grain's activation; the next call wakes another one, which knows only what is stored.</summary>
    public static ValueTask ForgetAsync(IAddressable grain) => grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();

    /// <summary>Pauses the outbox, or lets it send.</summary>
    public async Task HoldAsync(bool held, long? backlog = null)
    {
        await Outbox.ConfigureAsync(new OutboxSettings
        {
            OmetriaAccount = OmetriaKey,
            Held = held,
            Backlog = backlog,
            Events = Context.Events,
            EventTypes = new Dictionary<EventKind, string>(),
            LateEvents = LateEvents,
        });
        await RefreshQueue.ConfigureAsync(Settings);
    }

    /// <summary>Delivers a webhook of the given customer as the front door does.</summary>
    /// <param name="topic">Topic as registered.</param>
    /// <param name="subscription">What the webhook shows.</param>
    /// <param name="customer">The customer that comes along.</param>
    /// <param name="subscriptions">Recharge's count of that customer's subscriptions, which says whether anything has to be read first.</param>
    public Task<ApplyOutcome> SendAsync(string topic, SubscriptionSnapshot subscription, CustomerProfile? customer, int? subscriptions = null) =>
        Customer(subscription.CustomerId).ApplyWebhookAsync(
            new WebhookMessage
            {
                Topic = topic,
                ReceivedAt = Given.Start.AddHours(4),
                Subscription = subscription,
                Customer = customer,
                CustomerSubscriptions = subscriptions,
            },
            Context);

    /// <summary>As above, with the customer, who has this subscription alone.</summary>
    public Task<ApplyOutcome> SendAsync(string topic, SubscriptionSnapshot subscription) => SendAsync(topic, subscription, Given.Customer, subscriptions: 1);

    public IDeliveryLogGrain DeliveryLog(DateOnly day) => cluster.Grains.GetGrain<IDeliveryLogGrain>(new DeliveryDayKey(Key, day).ToString());

    /// <summary>Asks again until the outbox is as it is wanted.</summary>
    public Task<OutboxStatus> WaitForStatusAsync(Func<OutboxStatus, bool> until) => WaitForAsync(() => Outbox.GetStatusAsync(), until);

    /// <summary>Asks again until the event has the line that is wanted; it is written after the counters.</summary>
    public async Task<DeliveryEntry> WaitForLineAsync(string eventId, DateTimeOffset receivedAt, Func<DeliveryEntry, bool>? until = null) =>
        (await WaitForAsync(
            () => DeliveryLog(DateOnly.FromDateTime(receivedAt.UtcDateTime)).FindAsync(eventId), line => line is not null && until?.Invoke(line) != false))!;

    /// <summary>Grains have no address to wait at, so they are asked again and again.</summary>
    public static async Task<T> WaitForAsync<T>(Func<Task<T>> ask, Func<T, bool> until)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        T answer;
        do
        {
            answer = await ask();
            if (until(answer))
                return answer;
        }
        while (await pace.WaitForNextTickAsync(limit.Token));
        return answer;
    }

    public Task OfferAsync(params IReadOnlyList<OutboundEvent> events) => Outbox.EnqueueAsync(events, mayBeRepeated: false);

    /// <summary>
    /// Sends one more event and answers the ids of all that Ometria took before it. Since an outbox keeps its order, nothing that
    /// was handed to it earlier can come later.
    /// </summary>
    public async Task<IReadOnlyList<string>> ToldAsync()
    {
        var sentinel = Told(SentinelCustomer, Interlocked.Increment(ref _sentinels)) with { EventId = $"sentinel-{_sentinels}", IsRecorded = true };
        await OfferAsync(sentinel);
        return [.. (await Ometria.AcceptedBeforeAsync(sentinel.EventId)).Where(id => !id.StartsWith("sentinel-", StringComparison.Ordinal))];
    }

    public static OutboundEvent Told(long customer, long sequence) => new()
    {
        CustomerId = customer,
        Sequence = sequence,
        EventId = $"event-{customer}-{sequence}",
        Kind = EventKind.SubscriptionCreated,
        OccurredAt = Given.Start,
        ReceivedAt = Given.Start,
        Email = Given.Email,
        PropertiesJson = """{"subscription_id":"5"}""",
    };
}
