namespace RechargeGrains.Customers;

/// <summary>What became of a message. Whatever it says, the message is durable and need not be sent again.</summary>
[GenerateSerializer, Alias("rg.apply-outcome.v1")]
public enum ApplyOutcome
{
    /// <summary>Something new was learnt, an event was told, or both.</summary>
    Applied = 0,

    /// <summary>Nothing new: the same had been applied before.</summary>
    Duplicate = 1,

    /// <summary>Older than what is known; nothing changed and nothing was told.</summary>
    Stale = 2,
}
