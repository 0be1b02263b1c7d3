using Microsoft.Extensions.Logging;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Reconciliation;

/// <content>
/// Looks for customers whose contact shows numbers and whom no list of Recharge had: deleted, merged into another, or not changed since
/// the customers start date. Each is asked for by itself.
/// </content>
internal sealed partial class ReconciliationGrain
{
    /// <summary>Calls that one comparison may spend on this: eight minutes of a key's budget. The next one goes on where it ended.</summary>
    private const int MostLookedUp = 1_000;

    private SeenCustomers? _seen;

    private async Task<ReconciliationJob?> LookForGoneAsync(ReconciliationJob job, ImportSettings settings, CancellationToken stopping)
    {
        if (_seen?.AreOf(job) != true)
            return null;
        var active = await _grains.GetGrain<IContactBookGrain>(_key.ToString()).ListActiveAsync(State.GoneFromPart);
        if (active is null)
        {
            State.GoneFromPart = 0;
            return job;
        }

        var missing = active.Where(customer => !_seen.Contains(customer)).ToList();
        await SideBySide.ForEachAsync(missing, Parallelism, customer => LookUpAsync(customer, job, settings), stopping);
        State.GoneFromPart++;
        var next = job with { Parts = job.Parts + 1, LookedUp = job.LookedUp + missing.Count };
        return next.LookedUp < MostLookedUp && next.Parts < Contacts.SentContacts.Buckets ? next : null;
    }

    private async Task LookUpAsync(long customerId, ReconciliationJob job, ImportSettings settings)
    {
        var askedAt = _time.GetUtcNow();
        var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
        try
        {
            if (await account.ReadCustomerAsync(customerId, CallPriority.BackFill) is { } snapshot)
                await CompareAsync(customerId, snapshot, job, settings);
            else if (await CustomerOf(customerId).ApplyGoneAsync(askedAt, settings.Context))
                NoteDifference();
        }
        catch (RechargeCallException failure) when (failure.Failure == RechargeFailure.Refused)
        {
            // One customer whom Recharge does not want to show must not hold up all comparisons.
            LogNotShown(_key.ConnectionId);
        }
    }

    [LoggerMessage(4803, LogLevel.Warning, "Recharge refuses to show a customer of connection {ConnectionId} who was in no list")]
    private partial void LogNotShown(string connectionId);
}
