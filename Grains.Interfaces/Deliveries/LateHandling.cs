namespace RechargeGrains.Deliveries;

/// <summary>What was done about an event that was too old to enter an automation at Ometria. Public names are in snake case.</summary>
[GenerateSerializer, Alias("rg.late-handling.v1")]
public enum LateHandling
{
    /// <summary>It was in time.</summary>
    None = 0,

    /// <summary>It was told with the time of sending; <c>occurred_at</c> keeps the true one.</summary>
    Restamped = 1,

    /// <summary>It was sent with its true time, so it is in Ometria and starts nothing.</summary>
    SentLate = 2,

    /// <summary>It was not sent, as the connection wants it.</summary>
    Skipped = 3,
}
