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
            if (ReconciliationRules.Next(State, settings, _schedule.ReconcileEvery, _time.GetUtcNow()) is not { } job)
                return ReconciliationRules.DueIn(State, _schedule.ReconcileEvery, _time.GetUtcNow());
            Start(job);
            await SaveAsync();
        }

        var next = State.Job!.IsAtSubscriptions
            ? await CompareSubscriptionsAsync(State.Job, settings, stopping)
            : await CompareCustomersAsync(State.Job, settings, stopping);
        if (next is null)
            Finish(State.Job);
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
            State.ComparedAllAt = State.CheckedAt;
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
        return Advance(job, page.NextCursor, page.Subscriptions.LastOrDefault()?.UpdatedAt);
    }

    private Task CompareAsync(
        IEnumerable<(long Id, CustomerSnapshot Snapshot)> customers, ReconciliationJob job, ImportSettings settings, CancellationToken stopping) =>
        SideBySide.ForEachAsync(
            customers,
            Parallelism,
            async customer =>
            {
                var grain = _grains.GetGrain<ICustomerGrain>(new CustomerKey(_key, customer.Id).ToString());
                if (!await grain.ReconcileAsync(customer.Snapshot, ReconciliationRules.SettledBefore(job, customer.Snapshot.ReadAt), settings.Context))
                    return;
                State.Found++;
                State.Repaired++;
            },
            stopping);

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
