namespace RechargeGrains.Sandbox;

/// <summary>Sends some webhooks once more that were delivered already: at once, or after thousands of others.</summary>
internal sealed class WebhookRepeater
{
    private const int RepeatEvery = 29;
    private const int Remembered = 200;

    private readonly Lock _gate = new();
    private readonly Queue<WebhookDelivery> _remembered = new();
    private readonly WebhookSender _sender;
    private bool _ended;
    private int _seen;

    public WebhookRepeater(WebhookSender sender)
    {
        _sender = sender;
        sender.Delivered = Look;
    }

    /// <summary>Sends what it remembers and remembers no more.</summary>
    public void End()
    {
        WebhookDelivery[] last;
        lock (_gate)
        {
            _ended = true;
            last = [.. _remembered];
            _remembered.Clear();
        }

        foreach (var delivery in last)
            _sender.SendAgain(delivery);
    }

    private void Look(WebhookDelivery delivery)
    {
        WebhookDelivery? due;
        lock (_gate)
        {
            if (_ended || ++_seen % RepeatEvery != 0)
                return;
            _remembered.Enqueue(delivery);
            due = _remembered.Count > Remembered ? _remembered.Dequeue() : null;
        }

        if (due is not null)
            _sender.SendAgain(due);
    }
}
