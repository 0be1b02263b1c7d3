namespace RechargeGrains.Sandbox;

/// <summary>What a chaotic run came to.</summary>
/// <param name="Books">The comparison of both sides.</param>
/// <param name="Events">What happened at Recharge.</param>
/// <param name="Kills">How often the product was ended.</param>
/// <param name="Webhooks">What was sent.</param>
/// <param name="Playing">From the first event until the last one was at Ometria.</param>
/// <param name="Status">What the product said of the connection at the end.</param>
public sealed record ChaosResult(Books Books, long Events, int Kills, WebhookTally Webhooks, TimeSpan Playing, JsonNode Status)
{
    /// <summary>Customers that the comparison at the end found different from Recharge.</summary>
    public long Drift => (long)Status["drift"]!["found"]!;

    public double EventsPerSecond => Events / Playing.TotalSeconds;

    /// <summary>Webhooks that were answered, repetitions too.</summary>
    public double WebhooksPerSecond => (Webhooks.Delivered + Webhooks.Refused) / Playing.TotalSeconds;
}
