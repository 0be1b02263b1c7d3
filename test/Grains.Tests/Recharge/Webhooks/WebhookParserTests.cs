using System.Text;
using RechargeGrains.Grains.Recharge.Webhooks;

namespace RechargeGrains.Grains.Tests.Recharge.Webhooks;

/// <summary>Charges and deletions; subscriptions and customers are tested through the front door.</summary>
public sealed class WebhookParserTests
{
    private const string Queued = """
        {"charge":{"id":1500100200,"address_id":800100200,"status":"queued","scheduled_at":"2026-06-03","total_price":"52.90","orders_count":3,
         "customer":{"id":700100200,"email":"jo@example.test"},
         "line_items":[{"purchase_item_id":900100200,"purchase_item_type":"prepaid","title":"Everyday Coffee","quantity":2},
                       {"purchase_item_id":900100201,"purchase_item_type":"onetime","title":"Mug","quantity":1}]}}
        """;

    [Theory]
    [InlineData("created")]
    [InlineData("updated")]
    [InlineData("upcoming")]
    public void A_queued_charge_is_a_message_for_its_customer_prepaid_and_with_all_its_items(string action)
    {
        var reading = Read("charge", action, Queued);

        Assert.Equal(700100200, reading.CustomerId);
        var charge = reading.Message!.Charge!;
        Assert.Equal((800100200, new DateOnly(2026, 6, 3), 52.90m, true), (charge.AddressId, charge.ScheduledAt, charge.TotalPrice, charge.IsQueued));
        Assert.Equal([900100200, 900100201], charge.Items.Select(item => item.PurchaseItemId));
    }

    [Theory]
    [InlineData("created", "success")]
    [InlineData("updated", "skipped")]
    [InlineData("updated", "error")]
    [InlineData("paid", "queued")]
    [InlineData("deleted", "queued")]
    public void What_is_not_going_to_be_charged_is_not_needed(string action, string status)
    {
        var reading = Read("charge", action, Queued.Replace("queued", status, StringComparison.Ordinal));

        Assert.Null(reading.Message);
        Assert.Null(reading.Problem);
    }

    [Theory]
    [InlineData("""{"charge":{"id":1,"status":"queued"}}""")]
    [InlineData("""{"charge":[]}""")]
    [InlineData("""{"order":{"id":1}}""")]
    public void A_charge_that_does_not_say_whose_or_when_is_not_understood(string body) => Assert.NotNull(Read("charge", "created", body).Problem);

    [Fact]
    public void Of_a_deleted_customer_nothing_but_the_id_is_believed()
    {
        var reading = Read("customer", "deleted", """{"customer":{"id":700100200,"email":"other@example.test"}}""");

        Assert.Equal(700100200, reading.CustomerId);
        Assert.Equal("customer/deleted", reading.Message!.Topic);
        Assert.Null(reading.Message.Customer);
    }

    private static WebhookReading Read(string resource, string action, string body) =>
        WebhookParser.Read(resource, action, Encoding.UTF8.GetBytes(body), Given.Start);
}
