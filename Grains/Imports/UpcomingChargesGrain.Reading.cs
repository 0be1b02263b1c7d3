using RechargeGrains.Customers;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <content>The readings: everything in the window, or single customers that webhooks hinted at.</content>
internal sealed partial class UpcomingChargesGrain
{
    private const int Parallelism = 32;

    private async Task<TimeSpan?> WorkAsync(CancellationToken stopping)
    {
        // While the event is not enabled nothing is read, so that enabling it announces what is then in the window.
        if (_store.State.Settings is not { Held: false } settings || !settings.Context.Events.Contains(EventKind.UpcomingCharge))
            return null;
        // Before the first import is done nothing is asked for.
        if (_store.State is { IsDue: false, LastReadAt: null })
            return null;
        if (!_store.State.IsDue && _hints.Count == 0)
        {
            await NoteHintsReadAsync();
            return null;
        }

        var startedAt = _time.GetUtcNow();
        var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
        var today = StoreCalendar.Today(startedAt, (await account.GetStatusAsync()).Store?.TimeZone);
        var until = today.AddDays(settings.Context.UpcomingChargeDays);
        var hints = _hints.Take(until);
        // Another reading may become due while this one is under way; it is not this one.
        var isDue = _store.State.IsDue;
        try
        {
            // What may have moved out of the window is in no reading of the window.
            if (isDue || hints.Count > ChargeHints.OneByOne)
                hints = [.. await ReadWindowAsync(account, today, until, settings, stopping), .. hints.Where(hint => hint.MayHaveMoved)];
            await SideBySide.ForEachAsync(hints, ChargeHints.OneByOne, hint => ReadCustomerAsync(account, hint.CustomerId, today, settings), stopping);
        }
        catch
        {
            _hints.PutBack(hints);
            throw;
        }

        if (isDue)
        {
            _store.State.LastReadAt = startedAt;
            _store.State.IsDue = false;
            await _store.WriteStateAsync(CancellationToken.None).OrDeactivateAsync(this);
        }

        (_failure, _failingSince) = (null, null);
        return TimeSpan.Zero;
    }

    private async Task NoteHintsReadAsync()
    {
        if (!_store.State.HasHints)
            return;
        _store.State.HasHints = false;
        _store.State.MayHaveMoved.Clear();
        await _store.WriteStateAsync(CancellationToken.None).OrDeactivateAsync(this);
    }

    /// <summary>Reads everything in the window. Answers whose announced charge is no longer in it, where that is to be told.</summary>
    private async Task<IEnumerable<ChargeHint>> ReadWindowAsync(
        IRechargeAccountGrain account, DateOnly today, DateOnly until, ImportSettings settings, CancellationToken stopping)
    {
        foreach (var past in _announced.Keys.Where(charge => charge.Date < today).ToList())
            _announced.Remove(past);
        var expected = _announced.ToDictionary();
        string? cursor = null;
        do
        {
            var page = await account.ReadQueuedChargesAsync(today, until, cursor, CallPriority.BackFill);
            await SideBySide.ForEachAsync(page.Charges, Parallelism, charge => AnnounceAsync(charge, today, settings), stopping);
            foreach (var charge in page.Charges)
                expected.Remove(new ChargeDate(charge.AddressId, charge.ScheduledAt));
            cursor = page.NextCursor == cursor ? null : page.NextCursor;
        }
        while (cursor is not null);

        foreach (var missing in expected.Keys)
            _announced.Remove(missing);
        return settings.Context.Events.Contains(EventKind.UpcomingChargeChanged)
            ? expected.Select(pair => new ChargeHint(pair.Value, pair.Key.Date, MayHaveMoved: true))
            : [];
    }

    private async Task ReadCustomerAsync(IRechargeAccountGrain account, long customerId, DateOnly today, ImportSettings settings)
    {
        var charges = await account.ReadChargesOfAsync(customerId, today, CallPriority.Live);
        await CustomerOf(customerId).ApplyChargesAsync(charges, today, settings.Context);
    }

    private async Task AnnounceAsync(ChargeSnapshot charge, DateOnly today, ImportSettings settings)
    {
        var date = new ChargeDate(charge.AddressId, charge.ScheduledAt);
        if (_announced.ContainsKey(date))
            return;
        await CustomerOf(charge.Customer.Id).AnnounceChargeAsync(charge, today, settings.Context);
        _announced[date] = charge.Customer.Id;
    }

    private ICustomerGrain CustomerOf(long customerId) => _grains.GetKnown<ICustomerGrain>(new CustomerKey(_key, customerId).ToString());
}
