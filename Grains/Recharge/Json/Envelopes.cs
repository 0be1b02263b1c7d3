using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class CustomersEnvelope : IPage
{
    public List<CustomerDto>? Customers { get; set; }

    public string? NextCursor { get; set; }
}

internal sealed class CustomerEnvelope
{
    public CustomerDto? Customer { get; set; }
}

internal sealed class SubscriptionsEnvelope : IPage
{
    public List<SubscriptionDto>? Subscriptions { get; set; }

    public string? NextCursor { get; set; }
}

internal sealed class ChargesEnvelope : IPage
{
    public List<ChargeDto>? Charges { get; set; }

    public string? NextCursor { get; set; }
}

internal sealed class EventsEnvelope : IPage
{
    public List<EventDto>? Events { get; set; }

    public string? NextCursor { get; set; }
}

/// <summary>A row of Recharge's log of what happened to its objects.</summary>
internal sealed class EventDto
{
    public long? CustomerId { get; set; }

    public long? ObjectId { get; set; }

    public string? ObjectType { get; set; }
}

internal sealed class WebhooksEnvelope : IPage
{
    public List<WebhookDto>? Webhooks { get; set; }

    public string? NextCursor { get; set; }
}

internal sealed class WebhookDto
{
    public long? Id { get; set; }

    public string? Topic { get; set; }

    public string? Address { get; set; }

    public RegisteredWebhook? ToWebhook() => Id is { } id && Topic is not null && Address is not null
        ? new RegisteredWebhook { Id = id, Topic = Topic, Address = Address }
        : null;
}

internal sealed class TokenInformationEnvelope
{
    public TokenInformationDto? TokenInformation { get; set; }
}

internal sealed class TokenInformationDto
{
    public List<string>? Scopes { get; set; }
}

internal sealed class StoreEnvelope
{
    public StoreDto? Store { get; set; }
}

internal sealed class StoreDto
{
    public string? Id { get; set; }

    public string? Name { get; set; }

    public string? Identifier { get; set; }

    public string? ExternalPlatform { get; set; }

    public string? CheckoutPlatform { get; set; }

    public string? Currency { get; set; }

    public TimezoneDto? Timezone { get; set; }
}

internal sealed class TimezoneDto
{
    public string? IanaName { get; set; }

    public string? IanaTimezone { get; set; }
}
