namespace RechargeGrains.Grains.Outbox;

/// <summary>Settings under <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    public const string Section = "Outbox";

    /// <summary>
    /// Events that may wait for one connection before webhooks are answered 503, so that Recharge keeps them instead. Default 500,000:
    /// more than ten minutes of the most that Ometria takes.
    /// </summary>
    public int MaxWaiting { get; set; } = 500_000;
}
