using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Security;
using RechargeGrains.Grains.Segments;
using RechargeGrains.Outbox;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Grains.Tests.Customers;

/// <summary>What is in stores today is read by every later version.</summary>
public sealed class CustomerStateFormTests
{
    /// <summary>As it was written when the form was introduced. It does not change: a new field has a new number.</summary>
    private const string Written =
        "ICDoAKlBJWphbsOpQGV4YW1wbGUudGVzdEETc2hvcGlmeS0xIYAAMHqBgkvfCIEAAAAAAAAAAODgAQMhAQMBHSDoIOgAHQGpAQ0BCSGAAHDCA3BE3wiBAAAAAAAAAADgIYAAMHqBgkvfCIEAAAAAAA"
        + "AAAOAhgADItR96S98IgQAAAAAAAAAA4EERdG9vIG11Y2hBA3BBA3ZBG01vcm5pbmcgYmxlbmRBCzI1MCBnQSEAAAIAAAAAAOIEAAAAAAAAAQkBeUEHZGF5YYVKCwDgAQMBAyHoABUhAAUBGQAd4OAh"
        + "6MABIeDgIYAAyLUfekvfCIEAAAAAAAAAAOAhAAMh6AAFAQng4CEAAyGAADB6gYJL3wiBAAAAAAAAAADg4CGAADB6gYJL3wiBAAAAAAAAAADgIYAAMHqBgkvfCIEAAAAAAAAAAODg4CEAAyHoAA1hhU"
        + "oLACEAAwEd4GGMSgsA4OABJSEAAyHoACVBBWU5AQUhgAAweoGCS98IgQAAAAAAAAAA4CGAADB6gYJL3wiBAAAAAAAAAADgQQV7fUEJMDAtMeDgIegABQEF4MEJAQMBA8EJIQADIegggAAweoGCS98I"
        + "gQAAAAAAAAAA4EEJcmVhZEEPYXBwbGllZAEdwaXg4OA=";

    private static readonly DateTimeOffset At = new(2026, 11, 26, 6, 0, 0, TimeSpan.Zero);

    private static readonly SecretProtector Protector = SecretProtector.ForState(MasterKeys.Parse(Convert.ToBase64String(new byte[MasterKeys.KeyBytes])));

    private static readonly Serializer Codecs = new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    private readonly EncryptedStateSerializer _storage = new(Protector, Codecs);

    private static CustomerState State => new()
    {
        Profile = new CustomerProfile { Id = 42, Email = "jané@example.test", ExternalId = "shopify-1", UpdatedAt = At },
        IsComplete = true,
        Subscriptions =
        {
            [7] = new SubscriptionRecord
            {
                Snapshot = new SubscriptionSnapshot
                {
                    Id = 7, CustomerId = 42, AddressId = 3, Status = SubscriptionStatus.Cancelled, CreatedAt = At.AddDays(-9), UpdatedAt = At, CancelledAt = At.AddHours(-1),
                    CancellationReason = "too much", ProductId = "p", VariantId = "v", ProductTitle = "Morning blend", VariantTitle = "250 g", Price = 12.50m, Quantity = 2,
                    IntervalFrequency = 30, IntervalUnit = "day", NextChargeDate = new DateOnly(2026, 12, 24),
                },
                CreatedTold = true,
                IsHistory = true,
                CancellationsTold = new ToldTimes { UpTo = 5, Recent = [6, 7] },
                LastCancelledAt = At.AddHours(-1),
                ActivationsRead = [new ReadActivation(1, 2)],
                ActivationsHeld = [At],
                HeldSince = At,
                ChangedAt = At,
            },
        },
        Announced = [new AnnouncedCharge(3, new DateOnly(2026, 12, 24)) { Items = [7], MovedTo = new DateOnly(2026, 12, 31) }],
        Sequence = 9,
        Pending = [new PendingEvent { Sequence = 9, EventId = "e9", Kind = EventKind.SubscriptionCancelled, OccurredAt = At, ReceivedAt = At, PropertiesJson = "{}", TraceParent = "00-1" }],
        Recorded = new ContactNumbers(1, 1),
        RecordedFor = "jané@example.test",
        MustRecord = true,
        IsInBook = true,
        RecordedEmail = "jané@example.test",
        Timeline = [new TimelineEntry { At = At, What = "read", Outcome = "applied", SubscriptionId = 7, EventId = "e9" }],
    };

    [Fact]
    public void A_customer_is_read_as_it_was_written() =>
        Assert.Equivalent(State, _storage.Deserialize<CustomerState>(_storage.Serialize(State)), strict: true);

    [Fact]
    public void A_customer_of_the_first_version_of_the_form_is_read() =>
        Assert.Equivalent(State, Codecs.Deserialize<CustomerState>(Convert.FromBase64String(Written)), strict: true);

    [Fact]
    public void A_customer_that_was_stored_as_json_is_read()
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(State, new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } });
        byte[] stored = [1, .. Protector.Protect(json, "grain state, json")];

        Assert.Equivalent(State, _storage.Deserialize<CustomerState>(new BinaryData(stored)), strict: true);
    }

    [Fact]
    public void A_long_customer_is_compressed_and_read_as_it_was_written()
    {
        var state = State;
        for (var i = 0; i < 200; i++)
            state.Timeline.Add(state.Timeline[0] with { SubscriptionId = i });
        var stored = _storage.Serialize(state);

        Assert.InRange(stored.ToMemory().Length, 100, Codecs.SerializeToArray(state).Length / 2);
        Assert.Equivalent(state, _storage.Deserialize<CustomerState>(stored), strict: true);
    }

    [Fact]
    public void Segments_are_read_as_they_were_written()
    {
        var events = new Segment<OutboundEvent> { Items = [.. State.Pending.Select(pending => pending.To(42, "jané@example.test", isRecorded: true))] };
        var changes = new Segment<ContactChange>
        {
            Items = [new ContactChange { CustomerId = 42, Email = "jané@example.test", Numbers = new ContactNumbers(2, 1), MayBeAhead = true, AheadAs = ["old@example.test"] }],
        };

        Assert.Equivalent(events, _storage.Deserialize<Segment<OutboundEvent>>(_storage.Serialize(events)), strict: true);
        Assert.Equivalent(changes, _storage.Deserialize<Segment<ContactChange>>(_storage.Serialize(changes)), strict: true);
    }
}
