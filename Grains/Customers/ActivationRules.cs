using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>
/// Whether an activation is a new one. Its payload has no time of its own but <c>updated_at</c>, which moves on with every change, so a
/// message that comes again may show another. But whoever is activated was cancelled: an activation counts if a cancellation lies
/// before it that no other activation has undone. Pure.
/// </summary>
internal static class ActivationRules
{
    /// <summary>
    /// How long an activation waits for a cancellation that it may have overtaken. Recharge repeats a failed attempt within minutes at first;
    /// after that the cancellation is rather lost, and the activation must not be.
    /// </summary>
    public static readonly TimeSpan WaitsFor = TimeSpan.FromMinutes(10);

    /// <summary>Recharge retries a webhook for 48 hours (webhooks overview). So much newer may the time be that a repeat of an activation shows.</summary>
    private static readonly TimeSpan WebhooksTravelFor = TimeSpan.FromHours(48);

    /// <summary>Messages held of one subscription; more would mean that its cancellations never arrive.</summary>
    private const int MaxHeld = 8;

    /// <summary>Whether a reading or another webhook showed it cancelled before this activation, though no cancellation was told.</summary>
    private static bool IsSeenCancelled(SubscriptionRecord? known, DateTimeOffset activatedAt) =>
        known?.Snapshot is { Status: SubscriptionStatus.Cancelled } shown
        && (shown.CancelledAt ?? shown.UpdatedAt) < activatedAt
        && !(known.ActivationsTold.LastUpTo(activatedAt.ToUnixTimeSeconds()) >= (shown.CancelledAt ?? shown.UpdatedAt)?.ToUnixTimeSeconds());

    /// <param name="record">What is known and told, this message's cancellation included.</param>
    /// <param name="known">What was known before this message, or null.</param>
    /// <param name="activatedAt">The time that the activation shows.</param>
    /// <param name="now">When this message was received.</param>
    public static bool IsNew(SubscriptionRecord record, SubscriptionRecord? known, DateTimeOffset activatedAt, DateTimeOffset now)
    {
        if (IsTold(record, activatedAt))
            return false;
        var second = activatedAt.ToUnixTimeSeconds();
        if (IsCancelled(record, second) || IsSeenCancelled(known, activatedAt))
            return true;
        if (!(now - record.HeldSince >= WaitsFor))
            return record.ActivationsTold == ToldTimes.None && !WasActiveBefore(known, activatedAt);
        // Its cancellation is lost. What remains to be ruled out is that it is a repeat.
        return !(record.ActivationsTold.LastUpTo(second) >= second - (long)WebhooksTravelFor.TotalSeconds);
    }

    /// <summary>Keeps an activation in mind whose cancellation may still be on its way.</summary>
    public static SubscriptionRecord Hold(SubscriptionRecord record, DateTimeOffset activatedAt, DateTimeOffset now)
    {
        if (IsTold(record, activatedAt) || record.ActivationsHeld.Contains(activatedAt))
            return record;
        return record with
        {
            ActivationsHeld = [.. record.ActivationsHeld.TakeLast(MaxHeld - 1), activatedAt],
            HeldSince = now,
        };
    }

    /// <summary>
    /// The activation that must have happened, since a reading shows the subscription active that was last known to be cancelled; null if
    /// there is none or it was told.
    /// </summary>
    /// <param name="record">What is known and told, the reading included.</param>
    /// <param name="updatedAt">The active subscription's <c>updated_at</c>.</param>
    public static ReadActivation? Missed(SubscriptionRecord record, DateTimeOffset updatedAt)
    {
        var second = updatedAt.ToUnixTimeSeconds();
        var seen = record.LastCancelledAt is { } at && at <= updatedAt ? at.ToUnixTimeSeconds() : (long?)null;
        var told = record.CancellationsTold.LastUpTo(second);
        var cancelled = seen > told ? seen : told ?? seen;
        // Both within one second: which came last is not known, and a guess could tell it twice.
        return cancelled < second && !(record.ActivationsTold.LastUpTo(second) >= cancelled) ? new ReadActivation(cancelled.Value, second) : null;
    }

    private static bool IsTold(SubscriptionRecord record, DateTimeOffset activatedAt) =>
        record.ActivationsTold.Contains(activatedAt) || record.ActivationsRead.Any(read => read.Covers(activatedAt.ToUnixTimeSeconds()));

    /// <summary>Whether what was told up to this second leaves it cancelled.</summary>
    private static bool IsCancelled(SubscriptionRecord record, long second)
    {
        while (true)
        {
            var cancelled = record.CancellationsTold.LastUpTo(second);
            var activated = record.ActivationsTold.LastUpTo(second);
            if (cancelled is null || activated > cancelled)
                return false;
            if (cancelled != activated)
                return true;
            // Both within one second leave it as it was, in whatever order they happened.
            second = cancelled.Value - 1;
        }
    }

    /// <summary>
    /// Whether a cancellation before this activation has a webhook to wait for. Of a subscription that is met for the first time it may
    /// be older than the connection, and one that expired has none.
    /// </summary>
    private static bool WasActiveBefore(SubscriptionRecord? known, DateTimeOffset activatedAt) =>
        known is { Snapshot: { Status: not SubscriptionStatus.Expired } shown }
        && (known.CreatedTold
            || known.ActivationsHeld.Contains(activatedAt)
            || (shown.Status == SubscriptionStatus.Active && shown.UpdatedAt < activatedAt));
}
