namespace RechargeGrains.Ometria;

/// <summary>One event that is about to be pushed and needs a timestamp that lets it enter its automation.</summary>
/// <param name="EventType">Its name at Ometria.</param>
/// <param name="Wanted">The timestamp it has by itself: when it happened, or now for one that is told late.</param>
/// <param name="IsLate">Whether it is told late; those leave room in each slot for what happens just now.</param>
/// <param name="NotBefore">The timestamp of an earlier event of the same customer, if that was moved.</param>
/// <param name="CustomerId">Whose it is: of one customer, a later request never gets an earlier timestamp.</param>
[GenerateSerializer, Immutable, Alias("rg.stamp-request.v1")]
public readonly record struct StampRequest(
    [property: Id(0)] string EventType,
    [property: Id(1)] DateTimeOffset Wanted,
    [property: Id(2)] bool IsLate,
    [property: Id(3)] DateTimeOffset? NotBefore,
    [property: Id(4)] long CustomerId = 0)
{
    /// <summary>Timestamps that are moved are given out by slots of this length.</summary>
    public static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(5);
}
