using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>Whether a reading showed that a customer's record was wrong, as against not told yet. Pure.</summary>
internal static class DriftRules
{
    /// <param name="before">The subscriptions as they were known.</param>
    /// <param name="after">The same with the reading.</param>
    /// <param name="settledBefore">What changed later may have its webhook on its way, and is no drift.</param>
    public static bool Differs(
        IReadOnlyDictionary<long, SubscriptionRecord> before, IReadOnlyDictionary<long, SubscriptionRecord> after, DateTimeOffset settledBefore) =>
        after.Any(pair =>
        {
            var shown = pair.Value.Snapshot;
            // One that vanished at Recharge shows no time of it.
            var isSettled = shown.Status == SubscriptionStatus.Deleted || shown.UpdatedAt is null || shown.UpdatedAt <= settledBefore;
            return isSettled && before.GetValueOrDefault(pair.Key)?.Snapshot.Status != shown.Status;
        });
}
