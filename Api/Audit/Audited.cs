using RechargeGrains.Api.Security;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Audit;

/// <summary>Has a route of the API write into the audit log what it did.</summary>
internal static class Audited
{
    private static readonly object TargetItem = new();
    private static readonly object DetailItem = new();
    private static readonly object NothingItem = new();

    /// <param name="builder">The route.</param>
    /// <param name="action">A stable name, for instance <c>connection.pause</c>.</param>
    /// <param name="target">The name of the route's value that says what it was done to, if it has one.</param>
    public static TBuilder Audit<TBuilder>(this TBuilder builder, string action, string? target = null)
        where TBuilder : IEndpointConventionBuilder => builder.AddEndpointFilter(async (context, next) =>
    {
        var result = await next(context);
        if (result is not IStatusCodeHttpResult { StatusCode: < 400 or null } || Caller.Of(context.HttpContext.User) is not { } caller)
            return result;
        var http = context.HttpContext;
        if (http.Items.ContainsKey(NothingItem))
            return result;
        await http.RequestServices.GetRequiredService<AuditTrail>().AddAsync(
            http.GetRouteValue("tenantId") as string ?? PersonKey.Staff,
            caller.Who,
            action,
            http.Items[TargetItem] as string ?? (target is null ? null : http.GetRouteValue(target) as string),
            http.Connection.RemoteIpAddress?.ToString(),
            http.Items[DetailItem] as string);
        return result;
    });

    /// <summary>Says that nothing was changed, by a dry run for instance.</summary>
    public static void NothingDone(HttpContext http) => http.Items[NothingItem] = true;

    /// <summary>Says what the route does where its address does not.</summary>
    /// <param name="http">The request.</param>
    /// <param name="target">What it is done to; never a key.</param>
    /// <param name="detail">More in words; never a key.</param>
    public static void Note(HttpContext http, string? target, string? detail = null) => (http.Items[TargetItem], http.Items[DetailItem]) = (target, detail);
}
