namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class IncludeDto
{
    public CustomerDto? Customer { get; set; }

    public List<SubscriptionDto>? Subscriptions { get; set; }
}
