using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Recharge.Json;

namespace RechargeGrains.Grains.Recharge.Webhooks;

/// <summary>Reads the body of a webhook. Pure; a body that cannot be understood is an answer, not an exception.</summary>
public static class WebhookParser
{
    private const string UnknownTopic = "The topic is not one of Recharge's.";
    private const int MaxAction = 40;

    /// <summary>Resources that Recharge sends and that tell us nothing (API reference, available webhooks).</summary>
    private static readonly HashSet<string> Unneeded =
    [
        "address", "async_batch", "bundle_selection", "checkout", "gift_purchase", "onetime", "order", "plan", "store", "recharge",
    ];

    /// <summary>What may put a charge into the days that are announced. One that is deleted names nobody.</summary>
    private static readonly HashSet<string> ChargeActions = ["created", "updated", "upcoming"];

    public static WebhookReading Read(string resource, string action, ReadOnlyMemory<byte> body, DateTimeOffset receivedAt)
    {
        try
        {
            // Some senders put a byte order mark before their UTF-8.
            using var document = JsonDocument.Parse(body.Span.StartsWith(Encoding.UTF8.Preamble) ? body[Encoding.UTF8.Preamble.Length..] : body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                return WebhookReading.NotUnderstood("The body is not a JSON object.");
            if (Unneeded.Contains(resource) || (resource == "charge" && !ChargeActions.Contains(action)))
                return WebhookReading.NotNeeded;
            if (!IsAction(action))
                return WebhookReading.NotUnderstood(UnknownTopic);
            var envelope = document.Deserialize<WebhookEnvelope>(RechargeJson.Options);
            return (resource, envelope) switch
            {
                ("subscription", { Subscription: { } subscription }) => OfSubscription(action, subscription, envelope, receivedAt),
                ("customer", { Customer: { } customer }) => OfCustomer(action, customer, receivedAt),
                ("charge", { Charge: { } charge }) => OfCharge(action, charge, receivedAt),
                ("subscription" or "customer" or "charge", _) => WebhookReading.NotUnderstood($"The body has no object named {resource}."),
                _ => WebhookReading.NotUnderstood(UnknownTopic),
            };
        }
        catch (JsonException)
        {
            return WebhookReading.NotUnderstood("The body is not the JSON that was expected.");
        }
    }

    /// <summary>Also one that is not known yet, but not any text: it is kept and shown with what happened to the customer.</summary>
    private static bool IsAction(string text) => text.Length is > 0 and <= MaxAction && text.All(letter => char.IsAsciiLetterLower(letter) || letter == '_');

    private static WebhookReading OfSubscription(string action, SubscriptionDto dto, WebhookEnvelope envelope, DateTimeOffset receivedAt)
    {
        if (dto.ToSnapshot() is not { } subscription)
            return WebhookReading.NotUnderstood("The subscription does not say its id and its customer's.");
        // Included objects stand beside the resource or inside it; both have been described.
        var customer = envelope.Customer ?? dto.Include?.Customer ?? envelope.Include?.Customer;
        var included = customer?.ToProfile();
        var isTheirs = included?.Id == subscription.CustomerId;
        return WebhookReading.Understood(subscription.CustomerId, new WebhookMessage
        {
            Topic = $"subscription/{action}",
            ReceivedAt = receivedAt,
            Subscription = subscription,
            Customer = isTheirs ? included : null,
            CustomerSubscriptions = isTheirs ? customer?.SubscriptionsTotalCount : null,
        });
    }

    private static WebhookReading OfCharge(string action, ChargeDto dto, DateTimeOffset receivedAt)
    {
        // Paid, skipped or failed, it is not going to be charged.
        if (!dto.IsQueued)
            return WebhookReading.NotNeeded;
        return dto.ToSnapshot() is { } charge
            ? WebhookReading.Understood(charge.Customer.Id, new WebhookMessage { Topic = $"charge/{action}", ReceivedAt = receivedAt, Charge = charge })
            : WebhookReading.NotUnderstood("The charge does not say its id, its address, its date or whose it is.");
    }

    private static WebhookReading OfCustomer(string action, CustomerDto dto, DateTimeOffset receivedAt)
    {
        return dto.ToProfile() is { } customer
            ? WebhookReading.Understood(customer.Id, new WebhookMessage
            {
                Topic = $"customer/{action}",
                ReceivedAt = receivedAt,
                // Of one that is deleted nothing but its id is told.
                Customer = action == "deleted" ? null : customer,
            })
            : WebhookReading.NotUnderstood("The customer does not say its id.");
    }

    private sealed class WebhookEnvelope
    {
        [JsonConverter(typeof(ObjectOrNothing<SubscriptionDto>))]
        public SubscriptionDto? Subscription { get; set; }

        [JsonConverter(typeof(ObjectOrNothing<CustomerDto>))]
        public CustomerDto? Customer { get; set; }

        [JsonConverter(typeof(ObjectOrNothing<ChargeDto>))]
        public ChargeDto? Charge { get; set; }

        [JsonConverter(typeof(ObjectOrNothing<IncludeDto>))]
        public IncludeDto? Include { get; set; }
    }
}
