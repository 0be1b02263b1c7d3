using Microsoft.Extensions.Logging;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <content>What was deleted since the run before: it is in no list any more, and a deleted subscription's webhook names no customer.</content>
internal sealed partial class ImportGrain
{
    /// <summary>
    /// Customers that one run asks for one by one, about four minutes of a key's budget. More is a clearing out at Recharge, and is left to
    /// the next full comparison.
    /// </summary>
    private const int MostDeletions = 500;

    private async Task<ImportJob> ReadDeletionsAsync(ImportJob job, ImportSettings settings, CancellationToken stopping)
    {
        var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
        var page = await ReadDeletionsAsync(account, job);
        var customers = page.CustomerIds.Take(MostDeletions - job.DeletionsRead).ToList();
        await SideBySide.ForEachAsync(customers, Parallelism, customer => LookUpAsync(customer, account, settings), stopping);
        var read = job.DeletionsRead + customers.Count;
        return Advance(job with { DeletionsRead = read }, read < MostDeletions ? page.NextCursor : null, reached: null, then: ImportPhase.Contacts);
    }

    /// <summary>The log is worth less than the sync: what Recharge refuses to say of it is left to the next full comparison.</summary>
    private static async Task<DeletionPage> ReadDeletionsAsync(IRechargeAccountGrain account, ImportJob job)
    {
        try
        {
            return await account.ReadDeletionsAsync(job.UpdatedAfter, job.Cursor, CallPriority.BackFill);
        }
        catch (RechargeCallException failure) when (failure.Failure == RechargeFailure.Refused)
        {
            // A cursor that Recharge no longer knows: from the beginning, which costs nothing but calls.
            return job.Cursor is null
                ? new DeletionPage { CustomerIds = [] }
                : await ReadDeletionsAsync(account, job with { Cursor = null });
        }
    }

    private async Task LookUpAsync(long customerId, IRechargeAccountGrain account, ImportSettings settings)
    {
        var customer = CustomerOf(customerId);
        // Whoever was never heard of has no contact that could be wrong.
        if (await customer.DescribeAsync() is null)
            return;
        var askedAt = _time.GetUtcNow();
        try
        {
            if (await account.ReadCustomerAsync(customerId, CallPriority.BackFill) is { } snapshot)
                await customer.ApplySnapshotAsync(snapshot, settings.Context);
            else
                await customer.ApplyGoneAsync(askedAt, settings.Context);
        }
        catch (RechargeCallException failure) when (failure.Failure == RechargeFailure.Refused)
        {
            // One customer whom Recharge does not want to show must not keep the others' numbers from being sent.
            LogNotShown(_key.ConnectionId);
        }
    }

    [LoggerMessage(4405, LogLevel.Warning, "Recharge refuses to show a customer of connection {ConnectionId} of whom something was deleted")]
    private partial void LogNotShown(string connectionId);
}
