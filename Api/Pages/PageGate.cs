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
        var parts = context.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries);
        // Routes do not mind the case of their words; ids do.
        switch (Array.ConvertAll(parts, part => part.ToLowerInvariant()))
        {
            case ["staff", "tenants", _, ..]:
                return caller.Role == Role.Operator && await ExistsAsync(context, parts[2]);
            case ["staff" or "dashboard", ..]:
                return caller.Role == Role.Operator;
            case ["t", _, .. var rest]:
                var tenantId = parts[1];
                if (!caller.Sees(tenantId) || !await ExistsAsync(context, tenantId))
                    return false;
                return rest switch
                {
                    ["settings", "audit" or "keys", ..] => caller.Role >= Role.Administrator,
                    ["connections", _, ..] => await ConnectionEndpoints.KeyOfAsync(tenantId, parts[3], GrainsOf(context)) is not null,
                    _ => true,
                };
            default:
                return true;
        }
    }

    private static async Task<bool> ExistsAsync(HttpContext context, string tenantId) =>
        TenantId.IsValid(tenantId) && await GrainsOf(context).GetGrain<ITenantGrain>(tenantId).GetAsync() is not null;

    private static IGrainFactory GrainsOf(HttpContext context) => context.RequestServices.GetRequiredService<IGrainFactory>();
}
