namespace RechargeGrains.Sandbox;

/// <summary>A customer as the store holds it. The counts are not here: they follow from the subscriptions.</summary>
public sealed record Customer
{
    public required long Id { get; init; }

    public required string Email { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public string? Phone { get; init; }

    /// <summary>The platform's customer id; null just after creation by API.</summary>
    public string? ExternalId { get; init; }

    public required string Hash { get; init; }

    public DateTimeOffset? FirstChargeProcessedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
