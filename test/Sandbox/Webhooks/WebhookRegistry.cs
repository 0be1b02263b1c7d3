namespace RechargeGrains.Sandbox;

/// <summary>The registrations of all tokens. A topic and address can be registered once, and a topic ten times, for a token.</summary>
internal sealed class WebhookRegistry
{
    private const int MostForATopic = 10;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, WebhookRegistration> _byId = [];
    private long _lastId = 5_100_000;

    public IReadOnlyList<WebhookRegistration> All
    {
        get
        {
            lock (_gate)
                return [.. _byId.Values];
        }
    }

    public IReadOnlyList<WebhookRegistration> Of(AccessToken token) => [.. All.Where(webhook => webhook.Token == token)];

    public WebhookRegistration? Find(long id)
    {
        lock (_gate)
            return _byId.GetValueOrDefault(id);
    }

    public WebhookRegistration Add(AccessToken token, WebhookRegistration webhook)
    {
        lock (_gate)
        {
            EnsureUnique(webhook);
            if (_byId.Values.Count(other => other.Token == token && other.Topic == webhook.Topic) >= MostForATopic)
                throw RechargeRefusal.Field("topic", "A topic can have no more than 10 webhooks.");
            var added = webhook with { Id = ++_lastId };
            return _byId[added.Id] = added;
        }
    }

    public WebhookRegistration Replace(WebhookRegistration webhook)
    {
        lock (_gate)
        {
            EnsureUnique(webhook);
            return _byId[webhook.Id] = webhook;
        }
    }

    public bool Remove(long id)
    {
        lock (_gate)
            return _byId.Remove(id);
    }

    private void EnsureUnique(WebhookRegistration webhook)
    {
        var same = _byId.Values.FirstOrDefault(other =>
            other.Id != webhook.Id && other.Token == webhook.Token && other.Topic == webhook.Topic && other.Address == webhook.Address);
        if (same is not null)
            throw RechargeRefusal.Field("duplicate", string.Create(CultureInfo.InvariantCulture, $"This topic and address are registered already as webhook {same.Id}"));
    }
}
