using System.Text.Json.Serialization;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class CustomerDto
{
    public long? Id { get; set; }

    public string? Email { get; set; }

    [JsonConverter(typeof(ExternalIdConverter))]
    public string? ExternalCustomerId { get; set; }

    public DateTimeOffset? UpdatedAt { get; set; }

    /// <summary>All subscriptions ever created on the customer's addresses, as Recharge counts them.</summary>
    public int? SubscriptionsTotalCount { get; set; }

    [JsonConverter(typeof(ObjectOrNothing<IncludeDto>))]
    public IncludeDto? Include { get; set; }

    /// <summary>Some sources put included objects beside the fields instead of under <c>include</c>.</summary>
    [JsonConverter(typeof(ObjectsOrNothing<SubscriptionDto>))]
    public List<SubscriptionDto>? Subscriptions { get; set; }

    [JsonIgnore]
    public List<SubscriptionDto>? IncludedSubscriptions => Include?.Subscriptions ?? Subscriptions;

    public CustomerProfile? ToProfile() => Id is > 0 and { } id
        ? new CustomerProfile { Id = id, Email = EmailText.Clean(Email), ExternalId = PlainText.Id(ExternalCustomerId), UpdatedAt = UpdatedAt }
        : null;
}
