using System.Text;
using System.Text.Json;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Outbox;

namespace RechargeGrains.Grains.Tests.Customers;

public sealed class EventPropertiesTests
{
    [Fact]
    public void A_subscription_is_written_with_numbers_as_numbers_and_products_as_arrays() => Assert.Equal(
        """{"subscription_id":"900100411","product_id":["8200311"],"variant_id":["44200322"],"product_title":"Morning Tea","variant_title":"Loose leaf","price":12.50,"quantity":2,"order_interval":"30 day","next_charge_date":"2026-04-08","occurred_at":"2026-03-09T14:05:00+00:00"}""",
        EventProperties.Of(Given.Subscription, Given.Start));

    [Fact]
    public void A_cancellation_carries_its_reason_and_its_true_time()
    {
        var json = Parse(EventProperties.Of(Given.CancelledAt(Given.Start, "Too much \"tea\""), Given.Start.ToOffset(TimeSpan.FromHours(2))));

        Assert.Equal("Too much \"tea\"", json.GetProperty("cancellation_reason").GetString());
        Assert.Equal("2026-03-09T14:05:00+00:00", json.GetProperty("occurred_at").GetString());
        Assert.False(json.TryGetProperty("next_charge_date", out _));
    }

    [Fact]
    public void What_is_not_known_is_left_out_and_products_stay_arrays() => Assert.Equal(
        """{"subscription_id":"5","product_id":[],"variant_id":[],"occurred_at":"2026-03-09T14:05:00+00:00"}""",
        EventProperties.Of(new SubscriptionSnapshot { Id = 5, CustomerId = 6 }, Given.Start));

    [Fact]
    public void A_charge_is_written_with_its_items() => Assert.Equal(
        """{"charge_date":"2026-04-08","days_before":7,"total_price":27.40,"product_id":["8200311"],"variant_id":["44200322"],"items":[{"subscription_id":"900100411","product_id":"8200311","variant_id":"44200322","title":"Morning Tea","variant_title":"Loose leaf","quantity":2,"price":12.50}],"occurred_at":"2026-03-09T14:05:00+00:00"}""",
        EventProperties.Of(Given.Charge, 7, Given.Start));

    [Fact]
    public void A_product_bought_twice_is_listed_once_and_both_items_are_kept()
    {
        var item = Given.Charge.Items[0];
        var json = Parse(EventProperties.Of(Given.Charge with { Items = [item, item with { VariantId = "44200323" }] }, 7, Given.Start));

        Assert.Equal(["8200311"], Strings(json, "product_id"));
        Assert.Equal(["44200322", "44200323"], Strings(json, "variant_id"));
        Assert.Equal(2, json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void A_text_of_512_characters_is_kept_whole_and_a_longer_one_is_cut_there()
    {
        Assert.Equal(new string('x', 512), TitleOf(new string('x', 512)));
        Assert.Equal(new string('x', 512), TitleOf(new string('x', 512) + "y"));
    }

    [Fact]
    public void A_cut_never_splits_a_character_in_two()
    {
        Assert.Equal(new string('x', 511), TitleOf(new string('x', 511) + "🍵 and more"));
        Assert.Equal(new string('x', 510) + "🍵", TitleOf(new string('x', 510) + "🍵 and more"));
    }

    [Theory]
    [InlineData("tea")]
    [InlineData("\u0001\u0002\u0003")]
    [InlineData("🍵🍵")]
    public void However_many_items_a_charge_has_its_record_fits(string text)
    {
        var title = string.Concat(Enumerable.Repeat(text, 600));
        var items = Enumerable.Range(0, 2_000).Select(i => new ChargeItem
        {
            PurchaseItemId = i,
            ProductId = $"8200311000{i}",
            VariantId = $"44200322000{i}",
            Title = title,
            VariantTitle = title,
        });
        var properties = EventProperties.Of(Given.Charge with { Items = [.. items] }, 7, Given.Start);
        var record = RecordWriter.Event(
            new OutboundEvent
            {
                CustomerId = 1,
                Sequence = 1,
                EventId = "rc-77-800100511-upcoming-20260408",
                Kind = EventKind.UpcomingCharge,
                OccurredAt = Given.Start,
                ReceivedAt = Given.Start,
                Email = new string('e', 240) + "@example.test",
                PropertiesJson = properties,
            },
            "upcoming_charge",
            Given.Start);

        Assert.InRange(record.Length, 10_000, 60_000);
        var json = Parse(properties);
        Assert.Equal(json.GetProperty("items").GetArrayLength(), json.GetProperty("product_id").GetArrayLength());
    }

    private static string TitleOf(string title)
    {
        var json = EventProperties.Of(Given.Subscription with { ProductTitle = title }, Given.Start);
        // Strict: half a character pair would throw here.
        _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(json);
        return Parse(json).GetProperty("product_title").GetString()!;
    }

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    private static List<string> Strings(JsonElement json, string name) => [.. json.GetProperty(name).EnumerateArray().Select(item => item.GetString()!)];
}
