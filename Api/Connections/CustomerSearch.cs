using System.Globalization;
using RechargeGrains.Api.Http;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Customers;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Connections;

/// <summary>Finds customers by e-mail address or Recharge id: what happened to Jane?</summary>
internal static class CustomerSearch
{
    public static async Task<IResult> FindAsync(string tenantId, string connectionId, string? email, string? rechargeId, IGrainFactory grains)
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
        return TypedResults.Ok(new CustomerList([.. found.Select(CustomerBody.Of)]));
    }

    private static async Task<IReadOnlyList<long>> IdsOfAsync(ConnectionKey key, string email, IGrainFactory grains) =>
        await grains.GetGrain<IConnectionGrain>(key.ToString()).GetEmailSaltAsync() is { } salt
            ? await grains.GetGrain<IEmailIndexGrain>(EmailKey.Of(key, email, salt)).ListAsync()
            : [];
}
