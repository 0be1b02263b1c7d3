namespace RechargeGrains.Grains.Customers;

/// <summary>
/// Whether an activation is a new one. Its payload has no time of its own but <c>updated_at</c>, which moves on with every change, so a
/// message that comes again may show another. But whoever is activated was cancelled: an activation counts if a cancellation lies
/// before it that no other activation has undone. Pure.
/// </summary>
internal static class ActivationRules
{
    /// <summary>Messages held of one subscription; more would mean that its cancellations never arrive.</summary>
    private const int MaxHeld = 4;

    public static bool IsNew(SubscriptionRecord record, DateTimeOffset activatedAt)
    {
        if (record.ActivationsTold.Contains(activatedAt))
            return false;
        var second = activatedAt.ToUnixTimeSeconds();
        var cancellations = record.CancellationsTold.Recent.Where(cancelled => cancelled <= second).ToList();
        // The first one heard of: its cancellation may be older than the connection.
        if (cancellations.Count == 0)
            return record.ActivationsTold is { UpTo: null, Recent.Count: 0 };
        return !record.ActivationsTold.Recent.Any(told => told > cancellations[^1] && told <= second);
    }

    /// <summary>Keeps an activation in mind whose cancellation may still be on its way.</summary>
    public static SubscriptionRecord Hold(SubscriptionRecord record, DateTimeOffset activatedAt)
    {
        if (record.ActivationsTold.Contains(activatedAt) || record.ActivationsHeld.Contains(activatedAt))
            return record;
        return record with { ActivationsHeld = [.. record.ActivationsHeld.TakeLast(MaxHeld - 1), activatedAt] };
    }
}
