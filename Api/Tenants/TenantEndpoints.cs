using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Connections;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tenants;

/// <summary>Tenants, what is enabled for them, and tokens.</summary>
internal static class TenantEndpoints
{
    public static void MapTenants(this WebApplication app)
    {
        var tenants = app.MapGroup("/api/v1/tenants").WithTags("Tenants");
        tenants.MapPost("", CreateAsync).ForOperators().Audit("tenant.made");
        tenants.MapGet("", ListAsync).ForOperators();
        tenants.MapGet("/{tenantId}", GetAsync).ForTenant(Role.Member);
        tenants.MapPut("/{tenantId}/enablement", EnableAsync).ForOperators().Audit("enablement.changed");
        tenants.MapPut("/{tenantId}/quotas", SetQuotasAsync).ForOperators().Audit("quotas.changed");
        tenants.MapPost("/{tenantId}/tokens", AddTokenAsync).ForTenant(Role.Administrator).Audit("token.added");
        tenants.MapDelete("/{tenantId}/tokens/{tokenId}", RevokeTokenAsync).ForTenant(Role.Administrator).Audit("token.revoked", "tokenId");
    }

    private static async Task<IResult> CreateAsync(HttpContext http, RequestBody<CreateTenant> body, IGrainFactory grains)
    {
        var name = body.Errors.Name("name", body.Value.Name);
        if (!TenantId.IsValid(body.Value.TenantId))
            body.Errors.Add("tenantId", "tenantId is expected to be 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end.");
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        // The line belongs into the tenant's own log.
        http.Request.RouteValues["tenantId"] = body.Value.TenantId;
        Audited.Note(http, body.Value.TenantId, name);
        var answer = await grains.GetGrain<ITenantGrain>(body.Value.TenantId!).CreateAsync(name);
        return answer.Error is { } error
            ? ApiError.Of(StatusCodes.Status409Conflict, error.Code, error.Message)
            : TypedResults.Created($"/api/v1/tenants/{body.Value.TenantId}", TenantBody.Of(answer.Value!));
    }

    private static async Task<IResult> ListAsync(IGrainFactory grains) =>
        TypedResults.Ok(new TenantList([.. (await EveryTenant.ListAsync(grains)).Select(TenantBody.Of)]));

    private static async Task<IResult> GetAsync(string tenantId, IGrainFactory grains) =>
        await grains.GetGrain<ITenantGrain>(tenantId).GetAsync() is { } view ? TypedResults.Ok(TenantBody.Of(view)) : ApiError.NotFound();

    private static async Task<IResult> EnableAsync(HttpContext http, string tenantId, RequestBody<EnablementBody> body, IGrainFactory grains)
    {
        if (!TenantId.IsValid(tenantId) || await grains.GetGrain<ITenantGrain>(tenantId).GetAsync() is null)
            return ApiError.NotFound();
        if (body.Value.Recharge is null)
            body.Errors.Add("recharge", "recharge is expected to be true or false.");
        var events = EventNames.Read("customEvents", body.Value.CustomEvents ?? [], body.Errors);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        var enablement = new Enablement { Recharge = body.Value.Recharge!.Value, CustomEvents = events };
        Audited.Note(http, tenantId, EnablementWords.Of(enablement));
        var answer = await grains.GetGrain<ITenantGrain>(tenantId).SetEnablementAsync(enablement);
        return TypedResults.Ok(EnablementBody.Of(answer.Value!.Enablement));
    }

    private static async Task<IResult> SetQuotasAsync(HttpContext http, string tenantId, RequestBody<QuotaBody> body, IGrainFactory grains)
    {
        if (!TenantId.IsValid(tenantId) || await grains.GetGrain<ITenantGrain>(tenantId).GetAsync() is null)
            return ApiError.NotFound();
        var quotas = body.Value.Read(body.Errors);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        Audited.Note(http, tenantId, QuotaWords.Of(quotas));
        var answer = await grains.GetGrain<ITenantGrain>(tenantId).SetQuotasAsync(quotas);
        return TypedResults.Ok(QuotaBody.Of(answer.Value!.Quotas));
    }

    private static async Task<IResult> AddTokenAsync(HttpContext http, string tenantId, RequestBody<CreateToken> body, IGrainFactory grains)
    {
        var name = body.Errors.Name("name", body.Value.Name);
        var role = RoleNames.Read(body.Value.Role, body.Errors);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        Audited.Note(http, name, $"as {body.Value.Role}");
        var answer = await grains.GetGrain<ITenantGrain>(tenantId).AddTokenAsync(name, role!.Value);
        return answer.Error is { } error
            ? ApiError.Of(StatusCodes.Status409Conflict, error.Code, error.Message)
            : TypedResults.Created((string?)null, new TokenBody(answer.Value!.TokenId, answer.Value.Token));
    }

    private static async Task<IResult> RevokeTokenAsync(string tenantId, string tokenId, IGrainFactory grains) =>
        await grains.GetGrain<ITenantGrain>(tenantId).RevokeTokenAsync(tokenId) ? TypedResults.NoContent() : ApiError.NotFound();
}
