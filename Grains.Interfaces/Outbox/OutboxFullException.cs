namespace RechargeGrains.Outbox;

/// <summary>The backlog has reached its limit. Nothing was taken; the caller says "try again later".</summary>
[GenerateSerializer, Alias("rg.outbox-full")]
public sealed class OutboxFullException : Exception
{
    public OutboxFullException()
        : base("The outbox is full.")
    {
    }
}
