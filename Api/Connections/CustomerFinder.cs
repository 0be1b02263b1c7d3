using RechargeGrains.Api.Deliveries;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Connections;

/// <summary>Finds customers with all that happened to them: what happened to Jane?</summary>
internal sealed class CustomerFinder(IGrainFactory grains, TimeProvider time)
{
    public async Task<IReadOnlyList<CustomerBody>> ByEmailAsync(ConnectionKey key, string email)
    {
        var wanted = email.Trim();
        var ids = await grains.GetGrain<IConnectionGrain>(key.ToString()).GetEmailSaltAsync() is { } salt
            ? await grains.GetGrain<IEmailIndexGrain>(EmailKey.Of(key, wanted, salt)).ListAsync()
            : [];
        // The index keeps former addresses; the customer itself knows its present one.
        return await DescribeAsync(key, ids, view => string.Equals(view.Email, wanted, StringComparison.OrdinalIgnoreCase));
    }

    public Task<IReadOnlyList<CustomerBody>> ByIdAsync(ConnectionKey key, long customerId) => DescribeAsync(key, [customerId], _ => true);

    private async Task<IReadOnlyList<CustomerBody>> DescribeAsync(ConnectionKey key, IReadOnlyList<long> ids, Func<CustomerView, bool> isWanted)
    {
        var views = await Task.WhenAll(ids.Select(id => grains.GetGrain<ICustomerGrain>(new CustomerKey(key, id).ToString()).DescribeAsync()));
        var bodies = new List<CustomerBody>();
        foreach (var view in views.OfType<CustomerView>().Where(isWanted))
            bodies.Add(CustomerBody.Of(view, await AnswersAsync(key, view)));
        return bodies;
    }

    /// <summary>What became of the events of the timeline, from the delivery log.</summary>
    private Task<IReadOnlyList<DeliveryEntry>> AnswersAsync(ConnectionKey key, CustomerView view) => new DeliveryReader(grains, time).FindAllAsync(
        key,
        view.RechargeCustomerId,
        [
            .. view.Timeline.Where(entry => entry.EventId is not null)
                .Select(entry => (DateOnly.FromDateTime(entry.At.UtcDateTime), entry.EventId!)).Distinct(),
        ]);
}
