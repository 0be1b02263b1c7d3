using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Customers;

/// <summary>When a queued charge is announced: once for each address and date, from N days before it on. Pure.</summary>
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
        if (!charge.IsQueued || daysBefore < 0 || daysBefore > context.UpcomingChargeDays || announced.Any(old => old.IsFor(charge)))
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
        [.. announced.Where(old => IsRemembered(old, today)), AnnouncedCharge.Of(charge)];

    /// <summary>What there is to do about a charge that a webhook names. It is a hint, because webhooks come late and in any order.</summary>
    /// <param name="announced">Charges announced before.</param>
    /// <param name="charge">The charge.</param>
    /// <param name="today">Today in the store's calendar, or the day before: one that is over was charged, not moved.</param>
    /// <param name="context">The connection's settings.</param>
    public static ChargeNews NewsOf(IReadOnlyList<AnnouncedCharge> announced, ChargeSnapshot charge, DateOnly today, CustomerContext context)
    {
        if (!charge.IsQueued || !context.Events.Contains(EventKind.UpcomingCharge))
            return ChargeNews.None;
        if (context.Events.Contains(EventKind.UpcomingChargeChanged) && announced.Any(old => old.ToldDate > today && old.ToldDate != charge.ScheduledAt && old.SharesItemsWith(charge)))
            return ChargeNews.MayHaveMoved;
        return announced.Any(old => old.IsFor(charge)) ? ChargeNews.None : ChargeNews.New;
    }

    /// <summary>
    /// Announced charges that have moved: none of the address is on the date that Ometria knows, whatever its status, and what was in it is
    /// queued for another. Each pair of dates is told once.
    /// </summary>
    /// <param name="announced">Charges announced before.</param>
    /// <param name="charges">All charges of the customer from today on.</param>
    /// <param name="today">Today in the store's calendar.</param>
    /// <param name="context">The connection's settings.</param>
    /// <param name="now">The instant at which it was noticed.</param>
    public static (List<AnnouncedCharge> Next, List<EventDraft> Told) Moved(
        IReadOnlyList<AnnouncedCharge> announced, IReadOnlyList<ChargeSnapshot> charges, DateOnly today, CustomerContext context, DateTimeOffset now)
    {
        var next = new List<AnnouncedCharge>(announced.Count);
        var told = new List<EventDraft>();
        foreach (var old in announced)
        {
            // One that is due today or over was charged, or failed; it is not moved.
            var moved = old.ToldDate > today && !charges.Any(charge => charge.AddressId == old.AddressId && charge.ScheduledAt == old.ToldDate)
                ? charges.Where(charge => charge.IsQueued && old.SharesItemsWith(charge)).MinBy(charge => charge.ScheduledAt)
                : null;
            next.Add(moved is null ? old : old with { MovedTo = moved.ScheduledAt });
            if (moved is null)
                continue;
            var id = EventIds.OfMovedCharge(old.AddressId, old.ToldDate, moved.ScheduledAt, context.StoreId);
            if (told.Exists(draft => draft.EventId == id))
                continue;
            told.Add(new EventDraft(
                EventKind.UpcomingChargeChanged,
                id,
                now,
                EventProperties.OfMoved(moved, old.ToldDate, moved.ScheduledAt.DayNumber - today.DayNumber, now),
                SubscriptionId: null));
        }

        return (next, told);
    }

    private static bool IsRemembered(AnnouncedCharge announced, DateOnly today) =>
        Math.Max(announced.Date.DayNumber, announced.ToldDate.DayNumber) >= today.DayNumber - RememberedDays;
}
