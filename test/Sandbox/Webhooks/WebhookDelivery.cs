using System.Collections.Immutable;

namespace RechargeGrains.Sandbox;

/// <summary>One message to one address, with what became of it so far. The log shows the living object.</summary>
public sealed class WebhookDelivery
{
    private ImmutableArray<WebhookAttempt> _attempts = [];
    private volatile WebhookState _state;

    internal WebhookDelivery(long id, WebhookRegistration webhook, byte[] body, DateTimeOffset raisedAt, WebhookFact? fact)
    {
        Fact = fact;
        Id = id;
        Webhook = webhook;
        Body = body;
        RaisedAt = raisedAt;
    }

    public long Id { get; }

    public WebhookRegistration Webhook { get; }

    /// <summary>What it tells, where it is about a subscription.</summary>
    public WebhookFact? Fact { get; }

    public string Topic => Webhook.Topic;

    public string Address => Webhook.Address;

    public DateTimeOffset RaisedAt { get; }

    public WebhookState State
    {
        get => _state;
        internal set => _state = value;
    }

    public IReadOnlyList<WebhookAttempt> Attempts => _attempts;

    /// <summary>Status of the last attempt that was answered.</summary>
    public int? Status => _attempts.LastOrDefault(attempt => attempt.Status is not null)?.Status;

    /// <summary>The exact bytes that are signed and sent, as text.</summary>
    public string BodyText => Encoding.UTF8.GetString(Body);

    internal byte[] Body { get; }

    internal void Record(WebhookAttempt attempt) => _attempts = _attempts.Add(attempt);
}
