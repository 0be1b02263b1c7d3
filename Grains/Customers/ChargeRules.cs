using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>When a queued charge is announced: once for each address and date, from N days before it on.</summary>
internal static class ChargeRules
{
    /// <summary>How long past dates are remembered; a charge is never moved into the past.</summary>
    private const int RememberedDays = 30;

    /// <param name="announced">Addresses and dates announced before.</param>
    /// <param name="charge">The charge.</param>
    /// <param name="today">Today in the store's calendar.</param>
    /// <param name="context">The connection's settings.</param>
    /// <param name="now">The instant of the announcement.</param>
    public static EventDraft? Decide(
        IReadOnlyList<AnnouncedCharge> announced, ChargeSnapshot charge, DateOnly today, CustomerContext context, DateTimeOffset now)
    {
        var daysBefore = charge.ScheduledAt.DayNumber - today.DayNumber;
        if (daysBefore < 0 || daysBefore > context.UpcomingChargeDays)
            return null;
        if (announced.Contains(new AnnouncedCharge(charge.AddressId, charge.ScheduledAt)))
            return null;
        return new EventDraft(
            EventKind.UpcomingCharge,
            EventIds.OfCharge(charge.AddressId, charge.ScheduledAt, context.StoreId),
            now,
            EventProperties.Of(charge, daysBefore, now),
            SubscriptionId: null);
    }

    /// <summary>Adds a charge to those announced and forgets dates long past.</summary>
    public static List<AnnouncedCharge> With(IReadOnlyList<AnnouncedCharge> announced, ChargeSnapshot charge, DateOnly today) =>
        [.. announced.Where(old => old.Date.DayNumber >= today.DayNumber - RememberedDays), new AnnouncedCharge(charge.AddressId, charge.ScheduledAt)];
}
