using System.Text.Json.Nodes;

namespace RechargeGrains.Month;

/// <summary>What a month comes to on both sides.</summary>
internal sealed record MonthBooks
{
    /// <summary>Creations, cancellations and activations.</summary>
    public required Books Events { get; init; }

    public required ChargeBooks Charges { get; init; }

    public required IReadOnlyList<Morning> Mornings { get; init; }

    /// <summary>What Ometria would never want to be sent.</summary>
    public required int Violations { get; init; }

    /// <summary>Events that the product still holds, or gave up.</summary>
    public required long LeftOver { get; init; }

    public required WebhookTally Webhooks { get; init; }

    /// <summary>Webhooks that were lost on purpose.</summary>
    public required int LostWebhooks { get; init; }

    /// <summary>Webhooks that failed at least once.</summary>
    public required int RetriedWebhooks { get; init; }

    /// <summary>Calls that Ometria answered 503, for it was away.</summary>
    public required int RefusedCalls { get; init; }

    /// <summary>What the product says of the connection at the end.</summary>
    public required JsonNode Status { get; init; }

    /// <summary>How often the clock was moved.</summary>
    public required long Steps { get; init; }

    public int WrongContacts => Mornings.Sum(morning => morning.Faults.Count);

    public bool Balance => Events.Balance && Charges.Balance && WrongContacts == 0 && Violations == 0 && LeftOver == 0;

    /// <summary>What does not hold, in words.</summary>
    public IEnumerable<string> Findings => Events.Findings.Concat(Charges.Faults).Concat(Mornings.SelectMany(morning => morning.Faults));

    public static MonthBooks Of(SandboxHost sandbox, ContactBooks contacts, QueuedCharges queued, MonthPlan plan, int refusedCalls, JsonNode status, long steps)
    {
        var events = status["counters"]!["events"]!;
        var entries = BookEntries.Of(sandbox, [], (long?)events["repeated"]);
        var deliveries = sandbox.Webhooks.Deliveries;
        return new MonthBooks
        {
            // The contacts have books of their own.
            Events = Books.Of(entries with { Accepted = [.. entries.Accepted.Where(told => EventFact.Types.Contains(told.EventType))], WrongCounts = [] }),
            Charges = ChargeBooks.Of(sandbox, queued, plan.ProductOutage),
            Mornings = contacts.Mornings,
            Violations = sandbox.Ometria.Violations.Count,
            LeftOver = (long)events["waiting"]! + (long)events["deadLettered"]! + (long)events["rejected"]!,
            Webhooks = sandbox.Webhooks.Tally,
            LostWebhooks = deliveries.Count(delivery => delivery.State == WebhookState.Lost),
            RetriedWebhooks = deliveries.Count(delivery => delivery.Attempts.Count > 1),
            RefusedCalls = refusedCalls,
            Status = status,
            Steps = steps,
        };
    }
}
