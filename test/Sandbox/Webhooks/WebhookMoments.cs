using System.Runtime.InteropServices;

namespace RechargeGrains.Sandbox;

/// <summary>
/// When webhooks of subscriptions were raised and first answered 2xx, counted in moments of which no two are the same: the first
/// happened before the second where its answer has a smaller number than the raising of the other.
/// </summary>
internal sealed class WebhookMoments
{
    private readonly Lock _gate = new();
    private readonly Dictionary<WebhookFact, WebhookMoment> _moments = [];
    private long _now;

    public int Count
    {
        get
        {
            lock (_gate)
                return _moments.Count;
        }
    }

    public WebhookMoment? Of(WebhookFact fact)
    {
        lock (_gate)
            return _moments.TryGetValue(fact, out var moment) ? moment : null;
    }

    /// <summary>Notes the first raising of a fact, answers which fact it is; null for what is not about a subscription.</summary>
    public WebhookFact? Raised(StoreEvent raised)
    {
        if (raised.Subscription is not { } subscription)
            return null;
        var fact = new WebhookFact(raised.Topic, subscription.Id, subscription.UpdatedAt);
        lock (_gate)
            _moments.TryAdd(fact, new WebhookMoment(++_now, null));
        return fact;
    }

    public void Answered(WebhookFact fact)
    {
        lock (_gate)
        {
            ref var moment = ref CollectionsMarshal.GetValueRefOrAddDefault(_moments, fact, out _);
            moment = moment with { Answered = moment.Answered ?? ++_now };
        }
    }
}
