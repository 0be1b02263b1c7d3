namespace RechargeGrains.Sandbox;

/// <summary>Something that a webhook topic tells of, with the object as it is now.</summary>
internal sealed record StoreEvent(string Topic, long CustomerId, long ObjectId)
{
    public Customer? Customer { get; init; }

    public Subscription? Subscription { get; init; }

    public Charge? Charge { get; init; }

    public string ObjectType => Topic[..Topic.IndexOf('/', StringComparison.Ordinal)];

    public string Verb => Topic[(Topic.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
