namespace RechargeGrains.Recharge;

/// <summary>A webhook as it is registered at Recharge. One topic each.</summary>
[GenerateSerializer, Immutable, Alias("rg.registered-webhook.v1")]
public sealed record RegisteredWebhook
{
    [Id(0)] public required long Id { get; init; }
    [Id(1)] public required string Topic { get; init; }
    [Id(2)] public required string Address { get; init; }
}
