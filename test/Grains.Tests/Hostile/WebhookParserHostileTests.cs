using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Recharge.Webhooks;
using RechargeGrains.Grains.Security;
using RechargeGrains.Sandbox.Hostile;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Grains.Tests.Hostile;

/// <summary>
/// Whatever a body holds, reading it is an answer. And whatever is made of it can be stored, read back as it was, and told to Ometria.
/// </summary>
public sealed class WebhookParserHostileTests
{
    private static readonly DateTimeOffset Now = Given.Start.AddHours(1);

    private static readonly EncryptedStateSerializer Storage =
        new(
            SecretProtector.ForState(MasterKeys.Parse(Convert.ToBase64String(new byte[MasterKeys.KeyBytes]))),
            new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    [Fact]
    public void Each_value_in_each_field_is_read_or_refused()
    {
        var readings = HostileBodies.Fields(Given.SubscriptionId, Given.CustomerId).Select(hostile => Read(hostile.Topic, hostile.Body)).ToList();

        // Neither everything nor nothing: the corpus has both kinds.
        Assert.Contains(readings, reading => reading.Message is not null);
        Assert.Contains(readings, reading => reading.Problem is not null);
    }

    [Fact]
    public void A_body_that_stops_in_the_middle_is_never_believed() => Assert.All(
        HostileBodies.Truncations(Given.SubscriptionId, Given.CustomerId),
        hostile => Assert.NotNull(Read(hostile.Topic, hostile.Body).Problem));

    [Fact]
    public void Other_encodings_depth_and_size_are_read_or_refused() =>
        Assert.All(HostileBodies.Wholes(Given.SubscriptionId, Given.CustomerId), hostile => Read(hostile.Topic, hostile.Body));

    [Fact]
    public void A_byte_order_mark_costs_nothing() => Assert.Equal(
        Given.SubscriptionId,
        Read(HostileBodies.SubscriptionTopic, [0xef, 0xbb, 0xbf, .. HostileBodies.Good(Given.SubscriptionId, Given.CustomerId)]).Message!.Subscription!.Id);

    [Theory]
    [InlineData("product_title", "\"\\ud800\"")]
    [InlineData("product_title", "\"\\udc00 tea\"")]
    [InlineData("updated_at", "\"9999-12-31T23:59:59Z\"")]
    [InlineData("updated_at", "\"0001-01-01T00:00:00Z\"")]
    [InlineData("created_at", "\"May\"")]
    [InlineData("created_at", "\"14:05\"")]
    [InlineData("price", "1e999")]
    [InlineData("quantity", "\"\\u0000\"")]
    [InlineData("external_product_id", "{\"ecommerce\":\"\\ud800\"}")]
    [InlineData("include", "\"customer\"")]
    [InlineData("include", "{\"customer\":[]}")]
    public void A_field_that_makes_no_sense_is_missing_and_costs_no_other(string field, string value)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"subscription":{"id":5,"customer_id":6,"status":"active","{{field}}":{{value}} } }""");

        var read = Read(HostileBodies.SubscriptionTopic, body).Message!.Subscription;

        Assert.Equal(new SubscriptionSnapshot { Id = 5, CustomerId = 6, Status = SubscriptionStatus.Active }, read);
    }

    [Fact]
    public void Bytes_that_are_no_characters_are_a_missing_field()
    {
        byte[] body = [.. "{\"customer\":{\"id\":6,\"external_customer_id\":\"8\",\"email\":\"a"u8, 0xff, .. "@b.test\"}}"u8];

        Assert.Equal(new CustomerProfile { Id = 6, ExternalId = "8" }, Read(HostileBodies.CustomerTopic, body).Message!.Customer);
    }

    [Theory]
    [InlineData("jo@example.test", true)]
    [InlineData(" JO+tag@example.test ", true)]
    [InlineData("jörg@exämple.test", true)]
    [InlineData("用户@例子.test", true)]
    [InlineData("jo\\u0000@example.test", false)]
    [InlineData("jo@exam\\nple.test", false)]
    [InlineData("jo smith@example.test", false)]
    [InlineData("\\u202ejo@example.test", false)]
    [InlineData("jo\\u200b@example.test", false)]
    [InlineData("jo@example\\ufffd.test", false)]
    [InlineData("jo@@example.test", false)]
    [InlineData("a@b@c", false)]
    [InlineData("@example.test", false)]
    [InlineData("jo@", false)]
    public void What_can_be_no_address_is_none(string email, bool isOne)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"customer":{"id":6,"email":"{{email}}"} }""");

        Assert.Equal(isOne ? email.Trim().ToLowerInvariant() : null, Read(HostileBodies.CustomerTopic, body).Message!.Customer!.Email);
    }

    [Theory]
    [InlineData("created", true)]
    [InlineData("payment_method_updated", true)]
    [InlineData("", false)]
    [InlineData("Created", false)]
    [InlineData("created\r\nX-Evil: 1", false)]
    [InlineData("%00", false)]
    [InlineData("an_action_with_a_name_that_has_no_end_at_all", false)]
    public void Only_a_name_is_an_action(string action, bool isUnderstood)
    {
        var reading = WebhookParser.Read("subscription", action, HostileBodies.Good(Given.SubscriptionId, Given.CustomerId), Now);

        Assert.Equal(isUnderstood, reading.Problem is null);
    }

    [Fact]
    public void Texts_end_where_ometria_ends_them_and_never_in_half_a_character()
    {
        var title = $"{new string('x', 511)}😀";
        var body = Encoding.UTF8.GetBytes($$"""{"subscription":{"id":5,"customer_id":6,"product_title":"{{title}}","variant_title":"a\u0000b\tc"} }""");

        var read = Read(HostileBodies.SubscriptionTopic, body).Message!.Subscription!;

        Assert.Equal(new string('x', 511), read.ProductTitle);
        Assert.Equal("a b\tc", read.VariantTitle);
    }

    [Fact]
    public void Bytes_changed_at_random_are_read_or_refused()
    {
        var good = HostileBodies.Good(Given.SubscriptionId, Given.CustomerId);
        var change = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte, Gen.Int[0, 3]);
        Gen.Select(change.Array[1, 8], Gen.Bool).Sample(
            (changes, isCustomer) =>
            {
                var body = new List<byte>(good);
                foreach (var (at, value, kind) in changes.Where(change => change.Item1 < body.Count))
                {
                    switch (kind)
                    {
                        case 0:
                            body[at] = value;
                            break;
                        case 1:
                            body.Insert(at, value);
                            break;
                        case 2:
                            body.RemoveAt(at);
                            break;
                        default:
                            body.InsertRange(at, body.Skip(at).Take(value).ToList());
                            break;
                    }
                }

                Read(isCustomer ? HostileBodies.CustomerTopic : HostileBodies.SubscriptionTopic, [.. body]);
            },
            iter: 10_000);
    }

    [Fact]
    public void Values_put_together_at_random_are_read_or_refused()
    {
        byte[][] values = [.. HostileValues.All().Where(value => value.Length < 2_000)];
        string[] names = ["id", "customer_id", "email", "status", "updated_at", "created_at", "cancelled_at", "price", "quantity", "product_title", "include", "customer", "subscription"];
        Gen.Select(Gen.Int[0, names.Length - 1], Gen.Int[0, values.Length - 1]).Array[0, 12].Sample(
            fields =>
            {
                var body = new List<byte>("{\"subscription\":{\"id\":5,\"customer_id\":6"u8.ToArray());
                foreach (var (name, value) in fields)
                {
                    body.AddRange(Encoding.UTF8.GetBytes($",\"{names[name]}\":"));
                    body.AddRange(values[value]);
                }

                body.AddRange("}}"u8);
                Read(HostileBodies.SubscriptionTopic, [.. body]);
            },
            iter: 10_000);
    }

    /// <summary>Reads as the front door does, and goes with what was understood all the way that it would go.</summary>
    private static WebhookReading Read(string topic, byte[] body)
    {
        var slash = topic.IndexOf('/', StringComparison.Ordinal);
        var (resource, action) = (topic[..slash], topic[(slash + 1)..]);
        var reading = WebhookParser.Read(resource, action, body, Now);
        if (reading.Message is not { } message)
            return reading;

        Assert.True(reading.CustomerId > 0);
        var state = new CustomerState { Profile = message.Customer };
        if (message.Subscription is { } subscription)
        {
            Assert.Equal(reading.CustomerId, subscription.CustomerId);
            var verdict = SubscriptionRules.Decide(null, action, subscription, Given.Context, Now);
            state.Subscriptions[subscription.Id] = verdict.Next;
            foreach (var draft in verdict.Told)
                AssertCanBeTold(draft, message.Customer?.Email ?? Given.Email);
        }

        var stored = Storage.Serialize(state);
        Assert.InRange(stored.ToMemory().Length, 1, 20_000);
        var again = Storage.Deserialize<CustomerState>(stored);
        Assert.Equal(state.Profile, again.Profile);
        Assert.Equal(state.Subscriptions.Values.Select(record => record.Snapshot), again.Subscriptions.Values.Select(record => record.Snapshot));
        return reading;
    }

    private static void AssertCanBeTold(EventDraft draft, string email)
    {
        Assert.True(Strict.GetByteCount(draft.EventId) < 200);
        var told = new PendingEvent
        {
            Sequence = 1,
            EventId = draft.EventId,
            Kind = draft.Kind,
            OccurredAt = draft.OccurredAt,
            ReceivedAt = Now,
            PropertiesJson = draft.PropertiesJson,
        }.To(Given.CustomerId, email, isRecorded: true);
        var record = RecordWriter.Event(told, EventKinds.NameOf(draft.Kind), draft.OccurredAt);
        Assert.InRange(record.Length, 1, RecordWriter.MaxRecordBytes);
        using var json = JsonDocument.Parse(Strict.GetString(record));
        Assert.Equal(email, json.RootElement.GetProperty("identity_email").GetString());
        using var contact = JsonDocument.Parse(
            RecordWriter.Contact(new ContactChange { CustomerId = Given.CustomerId, Email = email, Numbers = new ContactNumbers(1, 1) }));
        Assert.Equal(email, contact.RootElement.GetProperty("email").GetString());
    }
}
