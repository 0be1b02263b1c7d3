namespace RechargeGrains.Sandbox;

/// <summary>What both sides say of a run: the entries from which the <see cref="Books"/> are made.</summary>
public sealed record BookEntries
{
    /// <summary>What happened at Recharge.</summary>
    public required IReadOnlyList<JournalEntry> Happened { get; init; }

    /// <summary>What Ometria accepted, in its order.</summary>
    public required IReadOnlyList<AcceptedEvent> Accepted { get; init; }

    /// <summary>What a fault kept Ometria from accepting.</summary>
    public IReadOnlyList<RefusedEvent> Refused { get; init; } = [];

    /// <summary>All pushes in their order.</summary>
    public IReadOnlyList<PushLogEntry> Pushes { get; init; } = [];

    /// <summary>When the product could not note what it was told.</summary>
    public IReadOnlyList<Interruption> Interruptions { get; init; } = [];

    /// <summary>When the webhooks were raised and answered.</summary>
    public Func<WebhookFact, WebhookMoment?> MomentOf { get; init; } = _ => null;

    /// <summary>Contacts that show other numbers than the store, in words.</summary>
    public IReadOnlyList<string> WrongCounts { get; init; } = [];

    /// <summary>Event records that the product says it sent again without knowing what had become of them; null if it does not say.</summary>
    public long? Repeated { get; init; }

    /// <summary>Takes the entries of a sandbox; all of its customers were to be imported.</summary>
    public static BookEntries Of(SandboxHost sandbox, IReadOnlyList<Interruption> interruptions, long? repeated)
    {
        ArgumentNullException.ThrowIfNull(sandbox);
        return new BookEntries
        {
            Happened = sandbox.Journal.Entries,
            Accepted = sandbox.Ometria.Events,
            Refused = sandbox.Ometria.Refused,
            Pushes = sandbox.Ometria.Pushes,
            Interruptions = interruptions,
            MomentOf = sandbox.Webhooks.Moments.Of,
            WrongCounts = ContactCheck.Of(sandbox, DateTimeOffset.MinValue).Faults,
            Repeated = repeated,
        };
    }
}
