using System.Globalization;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Audit;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Audit;

/// <summary>Who did what in a tenant, for its administrators.</summary>
internal static class AuditEndpoints
{
    private const int PageSize = 100;

    public static void MapAudit(this WebApplication app) =>
        app.MapGet($"{Access.TenantRoute}/audit", ListAsync).WithTags("Audit").ForTenant(Role.Administrator);

    private static async Task<IResult> ListAsync(string tenantId, string? cursor, IGrainFactory grains)
    {
        long before = 0;
        if (cursor is not null && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
        {
            var errors = new FieldErrors();
            errors.Add("cursor", "cursor is expected to be the nextCursor of an answer.");
            return ApiError.Invalid(errors.ToDictionary());
        }

        var page = await grains.GetGrain<IAuditGrain>(tenantId).ReadAsync(cursor is null ? null : before, PageSize);
        return TypedResults.Ok(new AuditList([.. page.Entries.Select(AuditBody.Of)], page.Before?.ToString(CultureInfo.InvariantCulture)));
    }
}
