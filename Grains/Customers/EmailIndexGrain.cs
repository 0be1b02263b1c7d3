using RechargeGrains.Customers;
using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Customers;

/// <inheritdoc cref="IEmailIndexGrain"/>
[GrainType("rg-email-index")]
internal sealed class EmailIndexGrain([PersistentState("email-index")] IPersistentState<EmailIndexState> store) : Grain, IEmailIndexGrain
{
    /// <summary>An address is unique in a store; more than a few customers under one can only be an error at the source.</summary>
    private const int MaxCustomers = 100;

    public async Task AddAsync(long customerId)
    {
        // An address is told once in its life: among thousands of new customers these would fill the memory for nothing.
        DeactivateOnIdle();
        var known = store.State.CustomerIds;
        if (known.Contains(customerId) || known.Count >= MaxCustomers)
            return;
        known.Add(customerId);
        await store.WriteStateAsync().OrDeactivateAsync(this);
    }

    public Task<IReadOnlyList<long>> ListAsync()
    {
        DeactivateOnIdle();
        return Task.FromResult<IReadOnlyList<long>>([.. store.State.CustomerIds]);
    }
}
