using RechargeGrains.Customers;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Imports;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <summary>What a preview makes of the pages it reads. Pure.</summary>
internal static class PreviewRules
{
    /// <summary>The run one page on; with the last page it is done.</summary>
    /// <param name="run">The run before the page.</param>
    /// <param name="page">What was read.</param>
    /// <param name="isReread">Whether the cursor was lost, so that rows come that were counted before.</param>
    /// <param name="now">The clock.</param>
    public static PreviewRun Add(PreviewRun run, CustomerPage page, bool isReread, DateTimeOffset now)
    {
        // The import's own rule for who is read.
        var customers = page.Customers
            .Where(customer => !(customer.Profile!.UpdatedAt <= run.CustomersStartDate))
            .Where(customer => !isReread || customer.Profile!.UpdatedAt > run.ReachedUpdatedAt)
            .ToList();
        var subscriptions = customers.SelectMany(customer => customer.Subscriptions).ToList();
        var next = run with
        {
            Customers = run.Customers + customers.Count,
            Subscriptions = run.Subscriptions + subscriptions.Count,
            Active = run.Active + subscriptions.Count(subscription => subscription.Status == SubscriptionStatus.Active),
            Pages = run.Pages + 1,
            Calls = run.Calls + Math.Max(1, page.Calls),
            CallsPerSecond = page.CallsPerSecond,
        };
        // A cursor that does not move would be read for ever.
        return page.NextCursor is { } cursor && cursor != run.Cursor
            ? next with { Cursor = cursor, ReachedUpdatedAt = page.Customers.LastOrDefault()?.Profile?.UpdatedAt ?? run.ReachedUpdatedAt }
            : next with { Cursor = null, ReachedUpdatedAt = null, State = ImportPreviewState.Done, FinishedAt = now };
    }

    /// <summary>
    /// Seconds that a first import takes at the rate limits. It reads some pages, pushes their contacts and goes on; both budgets refill
    /// meanwhile, so the slower of the two decides. What the work between the calls takes is not in it.
    /// </summary>
    /// <param name="calls">Calls to Recharge: one for a page, and more where it comes without all subscriptions.</param>
    /// <param name="customers">Customers on those pages.</param>
    /// <param name="callsPerSecond">Recharge's limit for the key.</param>
    /// <param name="pushesPerSecond">Ometria's limit for the account.</param>
    public static long EstimateSeconds(long calls, long customers, double callsPerSecond, double pushesPerSecond) =>
        (long)Math.Ceiling(Math.Max(calls / callsPerSecond, PushesOf(customers) / pushesPerSecond));

    /// <summary>Pushes of 100 contacts; only the last one may have fewer.</summary>
    public static long PushesOf(long customers) => (customers + RecordWriter.MaxBatch - 1) / RecordWriter.MaxBatch;
}
