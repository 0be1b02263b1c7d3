using RechargeGrains.Connections;

namespace RechargeGrains.Grains.Connections;

/// <summary>Everything kept of one connection itself.</summary>
internal sealed class ConnectionRecord
{
    public ConnectionSettings? Settings { get; set; }

    public Enablement Enablement { get; set; } = Enablement.None;

    public DateTimeOffset CreatedAt { get; set; }

    /// <summary>Sealed.</summary>
    public string HookKey { get; set; } = "";

    /// <summary>Sealed.</summary>
    public string EmailSalt { get; set; } = "";

    /// <summary>When the webhooks were first being registered: from here on a transition has a webhook.</summary>
    public DateTimeOffset? EventsSince { get; set; }

    /// <summary>Base of the addresses that are registered at Recharge with <see cref="RegisteredKeyVersion"/>; null before and after.</summary>
    public string? RegisteredBase { get; set; }

    /// <summary>The key that they are registered with; a replaced one sees none of the former's webhooks.</summary>
    public long RegisteredKeyVersion { get; set; }

    /// <summary>
    /// Topics that were registered: one that is wanted since and is not among them is new, not gone. Null for a connection from before this
    /// was kept.
    /// </summary>
    public IReadOnlyList<string>? RegisteredTopics { get; set; }

    /// <summary>When they were last all found registered: from then on some may have been gone.</summary>
    public DateTimeOffset? WebhooksSeenAt { get; set; }

    /// <summary>Since when webhooks may have been missing, while what changed since then is still to be read.</summary>
    public DateTimeOffset? GapSince { get; set; }

    /// <summary>The last time that webhooks were found gone and registered again.</summary>
    public WebhooksRestored? Restored { get; set; }

    public bool IsPaused { get; set; }

    public DateTimeOffset? DisconnectedAt { get; set; }

    public long Received { get; set; }

    public long Duplicates { get; set; }

    /// <summary>Webhooks whose signature did not match, and when the last one came.</summary>
    public long BadSignatures { get; set; }

    public DateTimeOffset? LastBadSignatureAt { get; set; }

    /// <summary>Webhooks that were turned away because the tenant had more than its quota, and when the last one came.</summary>
    public long OverQuota { get; set; }

    public DateTimeOffset? LastOverQuotaAt { get; set; }

    /// <summary>Last day of the delivery log that was removed because its time was over.</summary>
    public DateOnly? DeliveriesRemovedThrough { get; set; }

    /// <summary>Since when staff have Recharge switched off.</summary>
    public DateTimeOffset? DisabledSince { get; set; }

    /// <summary>When staff switched it on again after it was off; what was missed meanwhile stays untold.</summary>
    public DateTimeOffset? EnabledAgainAt { get; set; }
}
