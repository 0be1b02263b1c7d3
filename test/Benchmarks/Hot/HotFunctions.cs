using BenchmarkDotNet.Attributes;
using RechargeGrains.Benchmarks.Load;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Recharge.Webhooks;
using RechargeGrains.Outbox;
using WebhookSignature = RechargeGrains.Grains.Recharge.Webhooks.WebhookSignature;

namespace RechargeGrains.Benchmarks.Hot;

/// <summary>What is done for each webhook, by itself: signature, parsing, judging, and the record that goes to Ometria.</summary>
[MemoryDiagnoser]
public class HotFunctions
{
    private const string Secret = "benchmark_client_secret";
    private const string SignatureHeader = "X-Recharge-Webhook-Signature: ";

    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    private byte[] _body = [];
    private string _signature = "";
    private WebhookMessage _message = null!;
    private List<OutboundEvent> _batch = [];

    private static CustomerContext Context { get; } = new()
    {
        Events = [EventKind.SubscriptionCreated, EventKind.SubscriptionCancelled, EventKind.SubscriptionActivated],
        EventsSince = Now.AddDays(-1),
        CustomersStartDate = Now.AddYears(-1),
        StoreId = "morning-coffee",
        EmailSalt = "salt",
    };

    [GlobalSetup]
    public void SetUp()
    {
        var request = new WebhookRequest(new Uri("http://127.0.0.1/hooks"), Secret).Next(1_000_000_001, 2_000_000_001, Now).ToArray();
        _body = request[^WebhookRequest.BodyBytes..];
        var head = Encoding.UTF8.GetString(request);
        _signature = head[(head.IndexOf(SignatureHeader, StringComparison.Ordinal) + SignatureHeader.Length)..].Split('\r')[0];
        _message = Parse().Message!;
        var draft = Decide().Told[0];
        _batch = [.. Enumerable.Range(1, RecordWriter.MaxBatch).Select(i => new OutboundEvent
        {
            CustomerId = i, Sequence = 1, EventId = draft.EventId, Kind = draft.Kind, OccurredAt = draft.OccurredAt, ReceivedAt = Now,
            Email = "c@example.test", PropertiesJson = draft.PropertiesJson,
        })];
    }

    [Benchmark(Description = "check a signature")]
    public bool Check() => WebhookSignature.IsValid(_signature, null, _body, [Secret], Now);

    [Benchmark(Description = "parse a webhook")]
    public object Read() => Parse();

    [Benchmark(Description = "judge it and draft its event")]
    public object Judge() => Decide();

    [Benchmark(Description = "write a batch of 100 events")]
    public int Write() => _batch.Sum(told => RecordWriter.Event(told, "subscription_created", told.OccurredAt).Length);

    private WebhookReading Parse() => WebhookParser.Read("subscription", "created", _body, Now);

    private SubscriptionVerdict Decide() => SubscriptionRules.Decide(null, "created", _message.Subscription!, Context, Now);
}
