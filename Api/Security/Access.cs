using RechargeGrains.Api.Http;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Security;

/// <summary>
/// Who may use an endpoint. Without a token 401; of another tenant 404, as if it did not exist; in one's own with too small a role 403.
/// </summary>
internal static class Access
{
    public const string TenantRoute = "/api/v1/tenants/{tenantId}";

    /// <summary>Staff of the hosting company alone.</summary>
    public static TBuilder ForOperators<TBuilder>(this TBuilder builder)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(async (context, next) =>
    {
        var caller = Caller.Of(context.HttpContext.User);
        if (caller is null)
            return ApiError.Unauthenticated();
        if (caller.Role == Role.Operator)
            return await next(context);
        // In one's own tenant too small a role; in any other there is nothing to be seen.
        var tenantId = context.HttpContext.GetRouteValue("tenantId") as string;
        return tenantId is null || tenantId == caller.TenantId ? ApiError.Forbidden() : ApiError.NotFound();
    });

    /// <summary>Members of the tenant in the route with at least this role, and operators.</summary>
    public static TBuilder ForTenant<TBuilder>(this TBuilder builder, Role least)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(async (context, next) =>
    {
        var caller = Caller.Of(context.HttpContext.User);
        if (caller is null)
            return ApiError.Unauthenticated();
        var tenantId = context.HttpContext.GetRouteValue("tenantId") as string;
        if (!TenantId.IsValid(tenantId) || (caller.Role != Role.Operator && caller.TenantId != tenantId))
            return ApiError.NotFound();
        if (caller.Role < least)
            return ApiError.Forbidden();
        var grains = context.HttpContext.RequestServices.GetRequiredService<IGrainFactory>();
        return await grains.GetGrain<ITenantGrain>(tenantId).GetAsync() is null ? ApiError.NotFound() : await next(context);
    });
}
