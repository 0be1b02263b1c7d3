namespace RechargeGrains.Benchmarks.Yardsticks;

/// <inheritdoc cref="ICustomerRecordGrain"/>
internal sealed class CustomerRecordGrain([PersistentState("customer")] IPersistentState<CustomerRecord> store) : Grain, ICustomerRecordGrain
{
    public Task KeepAsync(SubscriptionRow row)
    {
        store.State.Email = row.Email;
        store.State.Subscriptions[row.Id] = row;
        return store.WriteStateAsync();
    }
}
