using System.Text.Json.Serialization;

namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class IncludeDto
{
    [JsonConverter(typeof(ObjectOrNothing<CustomerDto>))]
    public CustomerDto? Customer { get; set; }

    [JsonConverter(typeof(ObjectsOrNothing<SubscriptionDto>))]
    public List<SubscriptionDto>? Subscriptions { get; set; }
}
