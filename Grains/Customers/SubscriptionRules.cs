using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>
/// What a webhook about a subscription changes and which events it tells. Pure: everything comes in as values.
/// State follows the newest <c>updated_at</c>; each transition is told once, in whatever order the webhooks come.
/// </summary>
internal static class SubscriptionRules
{
    /// <summary>
    /// Recharge retries a webhook for 48 hours (webhooks overview). So the webhook of a creation or a cancellation that is younger
    /// may still be on its way when another one of the same subscription is here already.
    /// </summary>
    private static readonly TimeSpan WebhooksTravelFor = TimeSpan.FromHours(48);

    /// <summary>As many activations found by reading, and webhooks of each for 48 hours, as a subscription sees in a bad week.</summary>
    private const int ReadActivationsKept = 4;

    /// <summary>
    /// Stands for the time of a transition that the webhook does not tell. The hour of arrival would not do: a repeat arrives at another.
    /// </summary>
    private static readonly DateTimeOffset Unknown = DateTimeOffset.UnixEpoch;

    /// <param name="known">What is known, or null.</param>
    /// <param name="action">The part of the topic behind the slash: created, updated, cancelled, activated, deleted …</param>
    /// <param name="incoming">The subscription as the webhook shows it.</param>
    /// <param name="context">The connection's settings.</param>
    /// <param name="now">When the webhook was received.</param>
    public static SubscriptionVerdict Decide(
        SubscriptionRecord? known, string action, SubscriptionSnapshot incoming, CustomerContext context, DateTimeOffset now)
    {
        incoming = WithStatusOf(action, incoming, known);
        var isStale = known is not null && incoming != known.Snapshot && !Replaces(known.Snapshot, action, incoming);
        var next = known is null
            ? new SubscriptionRecord { Snapshot = incoming, LastCancelledAt = incoming.CancelledAt, ChangedAt = now }
            : isStale || incoming == known.Snapshot ? known : known.Showing(incoming) with { ChangedAt = now };

        var told = new List<EventDraft>();
        if (!next.CreatedTold && (action == "created" || (!next.IsHistory && MayBeOnItsWay(incoming.CreatedAt, action, context, now))))
        {
            var createdAt = incoming.CreatedAt ?? incoming.UpdatedAt;
            told.Add(Draft(EventKind.SubscriptionCreated, incoming, createdAt, context, now));
            next = next with { CreatedTold = true };
        }

        var cancelledAt = incoming.CancelledAt ?? incoming.UpdatedAt;
        if (incoming.Status == SubscriptionStatus.Cancelled
            && !next.CancellationsTold.Contains(cancelledAt ?? Unknown)
            && (action == "cancelled" || MayBeOnItsWay(incoming.CancelledAt, action, context, now)))
        {
            told.Add(Draft(EventKind.SubscriptionCancelled, incoming, cancelledAt, context, now));
            next = next with { CancellationsTold = next.CancellationsTold.With(cancelledAt ?? Unknown) };
        }

        // Only its own topic tells an activation: by any other, a later change of the active subscription would carry another
        // updated_at and look like a second activation.
        if (action == "activated")
            next = ActivationRules.Hold(next, incoming.UpdatedAt ?? Unknown, now);
        // One that was held shows what was the newest when another message released it.
        next = Release(next, known, told, at => action == "activated" && at == (incoming.UpdatedAt ?? Unknown) ? incoming : (known?.Snapshot ?? incoming), context, now);

        // An activation that waited in vain for its cancellation may be released by the next one, which happened after it.
        if (told.Count > 1)
            told = [.. told.OrderBy(draft => draft.Kind != EventKind.SubscriptionCreated).ThenBy(draft => draft.OccurredAt)];
        return new SubscriptionVerdict(next, told, isStale && told.Count == 0);
    }

    /// <summary>
    /// Tells activations that have waited in vain for the cancellation before them (<see cref="ActivationRules.WaitsFor"/>). Asked when the
    /// customer is read again after that time.
    /// </summary>
    public static SubscriptionVerdict Overdue(SubscriptionRecord known, CustomerContext context, DateTimeOffset now)
    {
        var told = new List<EventDraft>();
        return new SubscriptionVerdict(Release(known, known, told, _ => known.Snapshot, context, now), told, IsStale: false);
    }

    /// <summary>
    /// What a reading at Recharge makes of the record. It tells nothing by itself (<see cref="Missed"/> does). What was created before <see cref="CustomerContext.EventsSince"/>
    /// becomes history, which another webhook never tells; its own webhook, should it come after all, still does.
    /// </summary>
    public static SubscriptionRecord Read(SubscriptionRecord? known, SubscriptionSnapshot incoming, CustomerContext context, DateTimeOffset readAt)
    {
        if (known is null)
        {
            return new SubscriptionRecord
            {
                Snapshot = incoming,
                LastCancelledAt = incoming.CancelledAt,
                IsHistory = !(incoming.CreatedAt >= context.EventsSince),
            };
        }

        var changedSince = known.ChangedAt >= readAt;
        var older = incoming.UpdatedAt < known.Snapshot.UpdatedAt;
        return changedSince || older || incoming == known.Snapshot ? known : known.Showing(incoming);
    }

    /// <summary>
    /// What happened since the connection's webhooks were there and no webhook told, as the subscription shows it now. Each is told under
    /// the id that its webhook would have had, so that one which comes after all is known. Two transitions that undid each other leave
    /// no trace.
    /// </summary>
    /// <param name="known">What is known, the reading included.</param>
    /// <param name="context">The connection's settings.</param>
    /// <param name="settledBefore">What happened later may have a webhook on its way and is left to it.</param>
    /// <param name="now">When it was noticed.</param>
    public static SubscriptionVerdict Missed(SubscriptionRecord known, CustomerContext context, DateTimeOffset settledBefore, DateTimeOffset now)
    {
        var since = context.ToldSince > context.EventsSince ? context.ToldSince : context.EventsSince;
        bool IsMissed(DateTimeOffset? happenedAt) => happenedAt >= since && happenedAt <= settledBefore;
        var shown = known.Snapshot;
        var next = known;
        var told = new List<EventDraft>();
        if (!next.CreatedTold && IsMissed(shown.CreatedAt))
        {
            told.Add(Draft(EventKind.SubscriptionCreated, shown, shown.CreatedAt, context, now));
            next = next with { CreatedTold = true };
        }

        // It shows its last cancellation. One that was told as later can only be the same, by a webhook that had another time for it.
        if (shown is { Status: SubscriptionStatus.Cancelled, CancelledAt: { } cancelledAt } && IsMissed(cancelledAt)
            && !(next.CancellationsTold.LastUpTo(long.MaxValue) >= cancelledAt.ToUnixTimeSeconds()))
        {
            told.Add(Draft(EventKind.SubscriptionCancelled, shown, cancelledAt, context, now));
            next = next with { CancellationsTold = next.CancellationsTold.With(cancelledAt) };
        }

        if (shown is { Status: SubscriptionStatus.Active, UpdatedAt: { } updatedAt } && IsMissed(updatedAt) && ActivationRules.Missed(next, updatedAt) is { } activation)
        {
            told.Add(Draft(EventKind.SubscriptionActivated, shown, updatedAt, context, now));
            DateTimeOffset[] stillHeld = [.. next.ActivationsHeld.Where(held => !activation.Covers(held.ToUnixTimeSeconds()))];
            next = next with
            {
                ActivationsTold = next.ActivationsTold.With(updatedAt),
                ActivationsRead = [.. next.ActivationsRead.TakeLast(ReadActivationsKept - 1), activation],
                ActivationsHeld = stillHeld,
                HeldSince = stillHeld.Length == 0 ? null : next.HeldSince,
            };
        }

        return new SubscriptionVerdict(next, told, IsStale: false);
    }

    /// <summary>
    /// A subscription that another customer had: what happened before everything was last compared was told of that one, and is not told
    /// again. Two customers become one at Recharge without a webhook that says so. What happened since is told, also of a subscription that
    /// is simply new to us because it had not changed for long.
    /// </summary>
    public static SubscriptionRecord MovedHere(SubscriptionRecord record, DateTimeOffset comparedAllAt)
    {
        var shown = record.Snapshot;
        return record with
        {
            CreatedTold = record.CreatedTold || shown.CreatedAt < comparedAllAt,
            CancellationsTold = shown.CancelledAt < comparedAllAt ? record.CancellationsTold.With(shown.CancelledAt.Value) : record.CancellationsTold,
            ActivationsTold = shown.Status == SubscriptionStatus.Active && shown.UpdatedAt < comparedAllAt
                ? record.ActivationsTold.With(shown.UpdatedAt.Value)
                : record.ActivationsTold,
        };
    }

    private static SubscriptionRecord Release(
        SubscriptionRecord next, SubscriptionRecord? known, List<EventDraft> told, Func<DateTimeOffset, SubscriptionSnapshot> shown, CustomerContext context, DateTimeOffset now)
    {
        foreach (var activatedAt in next.ActivationsHeld.Length == 0 ? [] : next.ActivationsHeld.Order().ToArray())
        {
            if (!ActivationRules.IsNew(next, known, activatedAt, now))
                continue;
            told.Add(Draft(EventKind.SubscriptionActivated, shown(activatedAt), activatedAt == Unknown ? null : activatedAt, context, now));
            next = next with
            {
                ActivationsTold = next.ActivationsTold.With(activatedAt),
                ActivationsHeld = [.. next.ActivationsHeld.Where(held => held != activatedAt)],
            };
        }

        // What is held on after the wait looks like a repeat: only a cancellation that comes after all can tell it.
        var isOver = next.ActivationsHeld.Length == 0 || now - next.HeldSince >= ActivationRules.WaitsFor;
        return isOver && next.HeldSince is not null ? next with { HeldSince = null } : next;
    }

    private static bool Replaces(SubscriptionSnapshot known, string action, SubscriptionSnapshot incoming)
    {
        // Gone is gone: a late update must not bring a deleted subscription back. Only a reading of the whole list can.
        if (known.Status == SubscriptionStatus.Deleted)
            return false;
        if (incoming.UpdatedAt is not { } incomingAt || known.UpdatedAt is not { } knownAt || action == "deleted")
            return true;
        if (incomingAt != knownAt)
            return incomingAt > knownAt;
        // Within one second the creation comes first, whatever order the webhooks took. Everything else at the same updated_at
        // may be newer: moving the next charge date does not move updated_at.
        return action != "created";
    }

    private static SubscriptionSnapshot WithStatusOf(string action, SubscriptionSnapshot incoming, SubscriptionRecord? known) => action switch
    {
        "deleted" => (known?.Snapshot ?? incoming) with { Status = SubscriptionStatus.Deleted, NextChargeDate = null },
        "cancelled" when incoming.Status == SubscriptionStatus.Other => incoming with { Status = SubscriptionStatus.Cancelled },
        "created" or "activated" when incoming.Status == SubscriptionStatus.Other => incoming with { Status = SubscriptionStatus.Active },
        _ => incoming,
    };

    private static bool MayBeOnItsWay(DateTimeOffset? happenedAt, string action, CustomerContext context, DateTimeOffset now)
    {
        // A cancellation or an activation implies what came before it, which Ometria has to hear first. Any other message implies
        // nothing, so there only what surely has a webhook counts.
        var since = action is "cancelled" or "activated" && context.CustomersStartDate < context.EventsSince
            ? context.CustomersStartDate
            : context.EventsSince;
        return happenedAt >= now - WebhooksTravelFor && happenedAt >= since;
    }

    private static EventDraft Draft(
        EventKind kind, SubscriptionSnapshot subscription, DateTimeOffset? happenedAt, CustomerContext context, DateTimeOffset now)
    {
        var occurredAt = happenedAt ?? now;
        return new EventDraft(
            kind,
            EventIds.Of(kind, subscription.Id, happenedAt ?? Unknown, context.StoreId),
            occurredAt,
            EventProperties.Of(subscription, occurredAt),
            subscription.Id);
    }
}
