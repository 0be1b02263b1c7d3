namespace RechargeGrains.Contacts;

/// <summary>A customer's numbers as they are now.</summary>
[GenerateSerializer, Immutable, Alias("rg.contact-change.v1")]
public sealed record ContactChange
{
    [Id(0)] public required long CustomerId { get; init; }
    [Id(1)] public required string Email { get; init; }
    [Id(2)] public required ContactNumbers Numbers { get; init; }
}
