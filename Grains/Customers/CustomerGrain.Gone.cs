using RechargeGrains.Customers;
using RechargeGrains.Imports;

namespace RechargeGrains.Grains.Customers;

/// <content>What Recharge no longer has.</content>
internal sealed partial class CustomerGrain
{
    public async Task<bool> ApplyGoneAsync(DateTimeOffset readAt, CustomerContext context)
    {
        // Of someone without subscriptions there is nothing to take back.
        if (State.Subscriptions.Count == 0)
            return false;
        var changed = MarkMissingAsDeleted(new CustomerSnapshot { Subscriptions = [], IsComplete = true, ReadAt = readAt });
        if (changed || !State.IsComplete)
        {
            State.IsComplete = true;
            Note(time.GetUtcNow(), "read", "gone", null);
            await SaveAsync();
        }

        await SettleAsync(context);
        return changed;
    }

    /// <summary>A webhook's word alone deletes nobody: Recharge is asked.</summary>
    private async Task<ApplyOutcome> LookWhetherGoneAsync()
    {
        // A wish of its own, which no reading that began before takes with it.
        if (store.RecordExists)
            await grains.GetGrain<IRefreshQueueGrain>(_key.Connection.ToString()).AddLaterAsync(_key.CustomerId, time.GetUtcNow());
        return ApplyOutcome.Applied;
    }

    private bool MarkMissingAsDeleted(CustomerSnapshot snapshot)
    {
        var listed = snapshot.Subscriptions.Select(subscription => subscription.Id).ToHashSet();
        var missing = State.Subscriptions.Values
            .Where(record => record.Snapshot.Status != SubscriptionStatus.Deleted
                && !listed.Contains(record.Snapshot.Id)
                && !(record.ChangedAt >= snapshot.ReadAt))
            .ToList();
        foreach (var record in missing)
        {
            State.Subscriptions[record.Snapshot.Id] = record with
            {
                Snapshot = record.Snapshot with { Status = SubscriptionStatus.Deleted, NextChargeDate = null },
            };
        }

        return missing.Count > 0;
    }
}
