namespace RechargeGrains.Sandbox;

public sealed record Address
{
    public required long Id { get; init; }

    public required long CustomerId { get; init; }

    public required string Street { get; init; }

    public required string City { get; init; }

    public required string Zip { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
