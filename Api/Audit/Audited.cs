using RechargeGrains.Api.Security;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Audit;

/// <summary>Has a route of the API write into the audit log what it did.</summary>
internal static class Audited
{
    /// <param name="builder">The route.</param>
    /// <param name="action">A stable name, for instance <c>connection.paused</c>.</param>
    /// <param name="target">The name of the route's value that says what it was done to, if it has one.</param>
    public static TBuilder Audit<TBuilder>(this TBuilder builder, string action, string? target = null)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(async (context, next) =>
    {
        var result = await next(context);
        if (result is not IStatusCodeHttpResult { StatusCode: < 400 or null } || Caller.Of(context.HttpContext.User) is not { } caller)
            return result;
        var http = context.HttpContext;
        await http.RequestServices.GetRequiredService<AuditTrail>().AddAsync(
            http.GetRouteValue("tenantId") as string ?? PersonKey.Staff,
            caller.Who,
            action,
            target is null ? null : http.GetRouteValue(target) as string,
            http.Connection.RemoteIpAddress?.ToString());
        return result;
    });
}
