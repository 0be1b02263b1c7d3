namespace RechargeGrains.Benchmarks.Yardsticks;

/// <summary>State of a <see cref="CustomerRecordGrain"/>.</summary>
internal sealed class CustomerRecord
{
    public string Email { get; set; } = "";

    public Dictionary<long, SubscriptionRow> Subscriptions { get; set; } = [];
}
