namespace RechargeGrains.Sandbox;

/// <summary>Deliveries counted since the start.</summary>
/// <param name="Made">All that were to be sent.</param>
/// <param name="Delivered">Answered 2xx.</param>
/// <param name="Refused">Answered otherwise and, as Recharge counts, delivered all the same.</param>
/// <param name="Forsaken">Given up, dropped with their registration, or lost on purpose.</param>
/// <param name="Attempts">Calls made for all of them.</param>
public sealed record WebhookTally(long Made, long Delivered, long Refused, long Forsaken, long Attempts)
{
    /// <summary>Deliveries that are held, delayed, under way or waiting for a retry.</summary>
    public long Pending => Made - Delivered - Refused - Forsaken;
}
