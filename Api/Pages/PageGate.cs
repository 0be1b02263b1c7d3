using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Security;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages;

/// <summary>
/// Answers 404 before a page is made: of another tenant, of a connection that there is not, of the staff's pages and of the API
/// keys for others, as if they did not exist. Pages check the same again, because within a session they follow each other without a request.
/// </summary>
internal static class PageGate
{
    public static void UsePageGate(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (Caller.Of(context.User) is { } caller && !await MayOpenAsync(context, caller))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    });

    private static async Task<bool> MayOpenAsync(HttpContext context, Caller caller)
    {
        switch (context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["staff" or "dashboard", ..]:
                return caller.Role == Role.Operator;
            case ["t", var tenantId, .. var rest]:
                var grains = context.RequestServices.GetRequiredService<IGrainFactory>();
                if (rest is ["settings", "keys", ..] && caller.Role < Role.Administrator)
                    return false;
                if (!TenantId.IsValid(tenantId) || !caller.Sees(tenantId) || await grains.GetGrain<ITenantGrain>(tenantId).GetAsync() is null)
                    return false;
                return rest is not ["connections", var connectionId, ..] || await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not null;
            default:
                return true;
        }
    }
}
