using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Recharge.Webhooks;

/// <summary>What a body turned out to be: a message for a customer, something that is not needed, or not understood.</summary>
public sealed record WebhookReading
{
    public static readonly WebhookReading NotNeeded = new();

    private WebhookReading()
    {
    }

    /// <summary>Null unless the body was understood and is needed.</summary>
    public WebhookMessage? Message { get; private init; }

    public long CustomerId { get; private init; }

    /// <summary>Why the body was not understood, without quoting it.</summary>
    public string? Problem { get; private init; }

    public static WebhookReading Understood(long customerId, WebhookMessage message) => new() { CustomerId = customerId, Message = message };

    public static WebhookReading NotUnderstood(string problem) => new() { Problem = problem };
}
