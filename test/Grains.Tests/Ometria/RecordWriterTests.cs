using System.Text;
using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Tests.Ometria;

public sealed class RecordWriterTests
{
    [Fact]
    public void A_contact_has_both_numbers_and_no_word_about_consent() => Assert.Equal(
        """{"@type":"contact","@collection":"recharge","@merge":true,"id":"700100311","email":"ines@example.test","properties":{"total_subscription":2,"active_subscriptions":1}}""",
        Contact(new ContactNumbers(2, 1)));

    [Fact]
    public void Zeros_are_written_out() => Assert.EndsWith(
        ""","properties":{"total_subscription":0,"active_subscriptions":0}}""", Contact(new ContactNumbers(0, 0)), StringComparison.Ordinal);

    [Fact]
    public void An_event_carries_its_id_name_time_address_and_properties() => Assert.Equal(
        """{"@type":"custom_event","id":"rc-77-5-created","event_type":"tea_started","timestamp":"2026-03-09T14:05:00+00:00","identity_email":"ines@example.test","properties":{"subscription_id":"5","price":12.50}}""",
        Encoding.UTF8.GetString(RecordWriter.Event(Told("""{"subscription_id":"5","price":12.50}"""), "tea_started", Given.Start)));

    [Theory]
    [InlineData("2026-03-09T14:05:00+00:00", "2026-03-09T14:05:00+00:00")]
    [InlineData("2026-03-09T09:05:00-05:00", "2026-03-09T14:05:00+00:00")]
    [InlineData("2026-03-09T14:05:59.9990000+00:00", "2026-03-09T14:05:59+00:00")]
    public void Times_are_written_in_utc_to_the_second(string instant, string expected) =>
        Assert.Equal(expected, RecordWriter.Timestamp(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));

    private static string Contact(ContactNumbers numbers) => Encoding.UTF8.GetString(
        RecordWriter.Contact(new ContactChange { CustomerId = Given.CustomerId, Email = Given.Email, Numbers = numbers }));

    private static OutboundEvent Told(string properties) => new()
    {
        CustomerId = Given.CustomerId,
        Sequence = 1,
        EventId = "rc-77-5-created",
        Kind = EventKind.SubscriptionCreated,
        OccurredAt = Given.Start,
        ReceivedAt = Given.Start,
        Email = Given.Email,
        PropertiesJson = properties,
    };
}
