using System.Globalization;
using RechargeGrains.Api.Http;

namespace RechargeGrains.Api.Connections;

/// <summary>Search for customers by e-mail address or Recharge id.</summary>
internal static class CustomerSearch
{
    public static async Task<IResult> FindAsync(
        string tenantId, string connectionId, string? email, string? rechargeId, IGrainFactory grains, CustomerFinder finder)
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
        return TypedResults.Ok(new CustomerList(string.IsNullOrWhiteSpace(email) ? await finder.ByIdAsync(key, id) : await finder.ByEmailAsync(key, email)));
    }
}
