using System.Globalization;
using RechargeGrains.Api.Deliveries;
using RechargeGrains.Api.Http;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Deliveries;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Connections;

/// <summary>Finds customers by e-mail address or Recharge id: what happened to Jane?</summary>
internal static class CustomerSearch
{
    public static async Task<IResult> FindAsync(string tenantId, string connectionId, string? email, string? rechargeId, IGrainFactory grains, TimeProvider time)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return ApiError.NotFound();
        var errors = new FieldErrors();
        long id = 0;
        if (string.IsNullOrWhiteSpace(email) == string.IsNullOrWhiteSpace(rechargeId))
            errors.Add("email", "Either email or rechargeId is expected.");
        else if (rechargeId is not null && !long.TryParse(rechargeId, NumberStyles.None, CultureInfo.InvariantCulture, out id))
            errors.Add("rechargeId", "rechargeId is expected to be a number.");
        if (errors.Any)
            return ApiError.Invalid(errors.ToDictionary());

        var ids = string.IsNullOrWhiteSpace(email) ? [id] : await IdsOfAsync(key, email, grains);
        var views = await Task.WhenAll(ids.Select(customer => grains.GetGrain<ICustomerGrain>(new CustomerKey(key, customer).ToString()).DescribeAsync()));
        // The index keeps former addresses; the customer itself knows its present one.
        var wanted = email?.Trim();
        var found = views.OfType<CustomerView>().Where(view => wanted is null || string.Equals(view.Email, wanted, StringComparison.OrdinalIgnoreCase));
        var bodies = new List<CustomerBody>();
        foreach (var view in found)
            bodies.Add(CustomerBody.Of(view, await AnswersAsync(key, view, grains, time)));
        return TypedResults.Ok(new CustomerList(bodies));
    }

    /// <summary>What became of the events of the timeline, from the delivery log.</summary>
    private static async Task<IReadOnlyList<DeliveryEntry>> AnswersAsync(ConnectionKey key, CustomerView view, IGrainFactory grains, TimeProvider time)
    {
        var reader = new DeliveryReader(grains, time);
        var told = view.Timeline.Where(entry => entry.EventId is not null)
            .Select(entry => new DeliveryId(DateOnly.FromDateTime(entry.At.UtcDateTime), entry.EventId!)).Distinct();
        var answers = await Task.WhenAll(told.Select(id => reader.FindAsync(key, id)));
        return [.. answers.OfType<DeliveryEntry>()];
    }

    private static async Task<IReadOnlyList<long>> IdsOfAsync(ConnectionKey key, string email, IGrainFactory grains) =>
        await grains.GetGrain<IConnectionGrain>(key.ToString()).GetEmailSaltAsync() is { } salt
            ? await grains.GetGrain<IEmailIndexGrain>(EmailKey.Of(key, email, salt)).ListAsync()
            : [];
}
