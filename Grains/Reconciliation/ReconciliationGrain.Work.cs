using RechargeGrains.Customers;
using RechargeGrains.Grains.Recharge;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Reconciliation;

/// <content>The comparison itself: one step is one page, and each page is written down before the next is asked for.</content>
internal sealed partial class ReconciliationGrain
{
    /// <summary>Customers that are told of a page side by side.</summary>
    private const int Parallelism = 32;

    private async Task<TimeSpan?> WorkAsync(CancellationToken stopping)
    {
        if (State.Settings is not { Held: false } settings)
            return null;
        if (State.Job is null)
        {
            if (ReconciliationRules.Next(State, settings, _schedule.ReconcileEvery, _time.GetUtcNow()) is not { } due)
                return ReconciliationRules.DueIn(State, _schedule.ReconcileEvery, _time.GetUtcNow());
            Start(due);
            await SaveAsync();
        }

        var job = State.Job!;
        var next = job.IsAtGone ? await LookForGoneAsync(job, settings, stopping)
            : job.IsAtSubscriptions ? await CompareSubscriptionsAsync(job, settings, stopping)
            : await CompareCustomersAsync(job, settings, stopping);
        if (next is null)
            Finish(job);
        State.Job = next;
        await SaveAsync();
        (_failure, _failingSince) = (null, null);
        return TimeSpan.Zero;
    }

    private void Start(ReconciliationJob job)
    {
        State.Job = job;
        if (job is { IsFull: false, ToldUntil: not null })
        {
            // It stands for no look at the changes: many of them would else keep those from being looked at.
            (State.GapFrom, State.GapUntil) = (null, null);
            return;
        }

        State.LastStartedAt = job.StartedAt;
        if (!job.IsFull)
            return;
        _seen = new SeenCustomers(job.StartedAt);
        State.IsFullRequested = false;
        State.DueNight = null;
        (State.Found, State.Repaired) = (0, 0);
    }

    private void Finish(ReconciliationJob job)
    {
        State.CheckedAt = _time.GetUtcNow();
        // A gap is read from its beginning on, which may be later than what was compared before it.
        if (job.IsFull || job.ToldUntil is null)
            State.ComparedThrough = job.StartedAt - ReconciliationRules.Settling;
        if (job.IsFull)
            (State.ComparedAllAt, State.ComparedAllUntil, _seen) = (State.CheckedAt, job.StartedAt - ReconciliationRules.Settling, null);
        if (job.Night > State.LastNight)
            State.LastNight = job.Night;
        LogCompared(_key.ConnectionId, State.Found);
    }

    private async Task<ReconciliationJob?> CompareCustomersAsync(ReconciliationJob job, ImportSettings settings, CancellationToken stopping)
    {
        var page = await ReadPageAsync(job, job.CustomersAfter, (account, start) => account.ReadCustomersAsync(start, CallPriority.BackFill), settings);
        var customers = page.Customers.Where(customer => !(customer.Profile!.UpdatedAt <= job.CustomersAfter));
        await CompareAsync(customers.Select(customer => (customer.Profile!.Id, customer)), job, settings, stopping);
        return Advance(job, page.NextCursor, page.Customers.LastOrDefault()?.Profile?.UpdatedAt) ?? job with { IsAtSubscriptions = true, Cursor = null, ReachedUpdatedAt = null };
    }

    private async Task<ReconciliationJob?> CompareSubscriptionsAsync(ReconciliationJob job, ImportSettings settings, CancellationToken stopping)
    {
        var readAt = _time.GetUtcNow();
        var page = await ReadPageAsync(job, job.SubscriptionsAfter, (account, start) => account.ReadSubscriptionsAsync(start, CallPriority.BackFill), settings);
        var customers = page.Subscriptions.GroupBy(subscription => subscription.CustomerId)
            .Select(group => (group.Key, new CustomerSnapshot { Subscriptions = [.. group], IsComplete = false, ReadAt = readAt }));
        await CompareAsync(customers, job, settings, stopping);
        return Advance(job, page.NextCursor, page.Subscriptions.LastOrDefault()?.UpdatedAt)
            ?? (job.IsFull ? job with { IsAtGone = true, Cursor = null, ReachedUpdatedAt = null } : null);
    }

    private Task CompareAsync(
        IEnumerable<(long Id, CustomerSnapshot Snapshot)> customers, ReconciliationJob job, ImportSettings settings, CancellationToken stopping) =>
        SideBySide.ForEachAsync(
            customers,
            Parallelism,
            async customer =>
            {
                _seen?.Add(customer.Id);
                await CompareAsync(customer.Id, customer.Snapshot, job, settings);
            },
            stopping);

    private async Task CompareAsync(long customerId, CustomerSnapshot snapshot, ReconciliationJob job, ImportSettings settings)
    {
        var settledBefore = ReconciliationRules.SettledBefore(job, snapshot.ReadAt);
        var marked = snapshot with { ComparedAllAt = State.ComparedAllUntil };
        if (await CustomerOf(customerId).ReconcileAsync(marked, settledBefore, settings.Context))
            NoteDifference();
    }

    private void NoteDifference()
    {
        State.Found++;
        State.Repaired++;
    }

    private ICustomerGrain CustomerOf(long customerId) => _grains.GetGrain<ICustomerGrain>(new CustomerKey(_key, customerId).ToString());

    private async Task<TPage> ReadPageAsync<TPage>(
        ReconciliationJob job, DateTimeOffset after, Func<IRechargeAccountGrain, PageStart, Task<TPage>> read, ImportSettings settings)
    {
        var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
        return (await Pages.ReadAsync(job.Cursor, job.ReachedUpdatedAt, after, start => read(account, start))).Page;
    }

    /// <summary>The same reading one page on, or null at its end. A cursor that does not move would be read for ever.</summary>
    private static ReconciliationJob? Advance(ReconciliationJob job, string? nextCursor, DateTimeOffset? reached) =>
        nextCursor is not null && nextCursor != job.Cursor ? job with { Cursor = nextCursor, ReachedUpdatedAt = reached ?? job.ReachedUpdatedAt } : null;
}
