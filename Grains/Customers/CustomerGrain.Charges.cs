using RechargeGrains.Customers;
using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Customers;

/// <content>Charges: what webhooks hint at, and what Recharge itself shows.</content>
internal sealed partial class CustomerGrain
{
    public async Task<ApplyOutcome> AnnounceChargeAsync(ChargeSnapshot charge, DateOnly today, CustomerContext context)
    {
        var now = time.GetUtcNow();
        var mayHaveMoved = ChargeRules.NewsOf(State.Announced, charge, today, context) == ChargeNews.MayHaveMoved;
        var changed = Announce(charge, today, context, now) | Learn(charge.Customer);
        if (changed)
            await SaveAsync();
        // Whether it has, all charges of the customer show.
        if (mayHaveMoved)
            await UpcomingCharges().HintAsync(_key.CustomerId, charge.ScheduledAt, mayHaveMoved);
        await SettleAsync(context);
        return changed ? ApplyOutcome.Applied : ApplyOutcome.Duplicate;
    }

    public async Task<ApplyOutcome> ApplyChargesAsync(IReadOnlyList<ChargeSnapshot> charges, DateOnly today, CustomerContext context)
    {
        var now = time.GetUtcNow();
        var changed = charges.Aggregate(false, (changed, charge) => Learn(charge.Customer) | changed);
        if (context.Events.Contains(EventKind.UpcomingChargeChanged))
        {
            var (next, told) = ChargeRules.Moved(State.Announced, charges, today, context, now);
            State.Announced = next;
            foreach (var draft in told)
                Tell(draft, now, context);
            changed |= told.Count > 0;
        }

        foreach (var charge in charges.OrderBy(charge => charge.ScheduledAt))
            changed |= Announce(charge, today, context, now);
        if (changed)
            await SaveAsync();
        await SettleAsync(context);
        return changed ? ApplyOutcome.Applied : ApplyOutcome.Duplicate;
    }

    private bool Announce(ChargeSnapshot charge, DateOnly today, CustomerContext context, DateTimeOffset now)
    {
        if (ChargeRules.Decide(State.Announced, charge, today, context, now) is not { } draft)
            return false;
        State.Announced = ChargeRules.With(State.Announced, charge, today);
        Tell(draft, now, context);
        return true;
    }

    /// <summary>Has the charges read if a webhook's charge is news. Nothing is kept of it here, so that it makes no customer known.</summary>
    private async Task<ApplyOutcome> PassOnAsync(ChargeSnapshot charge, CustomerContext context)
    {
        // No store is more than a day behind UTC.
        var news = ChargeRules.NewsOf(State.Announced, charge, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-1), context);
        if (news != ChargeNews.None)
            await UpcomingCharges().HintAsync(_key.CustomerId, charge.ScheduledAt, mayHaveMoved: news == ChargeNews.MayHaveMoved);
        // One that is no news is no repeat either: Recharge sends one for each change of a charge.
        return ApplyOutcome.Applied;
    }

    private IUpcomingChargesGrain UpcomingCharges() => grains.GetGrain<IUpcomingChargesGrain>(_key.Connection.ToString());
}
