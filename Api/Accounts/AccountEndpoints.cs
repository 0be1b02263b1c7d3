using RechargeGrains.Accounts;
using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Accounts;

/// <summary>API keys of a tenant. They go in and never come out; members may not even see that there are any.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this WebApplication app)
    {
        var accounts = app.MapGroup($"{Access.TenantRoute}/accounts").WithTags("Accounts").ForTenant(Role.Administrator);
        accounts.MapPost("", AddAsync).Audit("account.added");
        accounts.MapGet("", ListAsync);
        accounts.MapPut("/{accountId}", ReplaceAsync).Audit("key.replaced", "accountId");
        accounts.MapPreviews();
    }

    private static async Task<IResult> AddAsync(string tenantId, RequestBody<AccountRequest> body, HttpContext http, IGrainFactory grains)
    {
        var kind = body.Value.Kind switch
        {
            "ometria" => AccountKind.Ometria,
            "recharge" => AccountKind.Recharge,
            _ => (AccountKind?)null,
        };
        if (kind is null)
            body.Errors.Add("kind", "kind is expected to be ometria or recharge.");
        var name = body.Errors.Name("name", body.Value.Name);
        var (key, secret) = ReadKeys(body);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        var account = new NewAccount { Kind = kind!.Value, Name = name, ApiKey = key, ClientSecret = secret };
        Audited.Note(http, name, $"at {kind}");
        var answer = await grains.GetGrain<ITenantGrain>(tenantId).AddAccountAsync(account);
        return answer.Error is { } error
            ? ErrorOf(error)
            : TypedResults.Created($"/api/v1/tenants/{tenantId}/accounts/{answer.Value!.AccountId}", AccountBody.Of(answer.Value));
    }

    private static async Task<IResult> ListAsync(string tenantId, IGrainFactory grains) =>
        TypedResults.Ok(new AccountList([.. (await grains.GetGrain<ITenantGrain>(tenantId).ListAccountsAsync()).Select(AccountBody.Of)]));

    private static async Task<IResult> ReplaceAsync(string tenantId, string accountId, RequestBody<AccountRequest> body, IGrainFactory grains)
    {
        var (key, secret) = ReadKeys(body);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        var answer = await grains.GetGrain<ITenantGrain>(tenantId).ReplaceKeyAsync(accountId, key, secret);
        return answer.Error is { } error ? ErrorOf(error) : TypedResults.Ok(AccountBody.Of(answer.Value!));
    }

    private static (string Key, string? Secret) ReadKeys(RequestBody<AccountRequest> body)
    {
        var key = body.Errors.Needed("apiKey", body.Value.ApiKey);
        if (!KeyReader.IsUsable(key))
            body.Errors.Add("apiKey", $"apiKey is expected to be at most {KeyReader.MaxLength} printable characters.");
        var secret = KeyReader.Read(body.Value.ClientSecret);
        if (secret is not null && !KeyReader.IsUsable(secret))
            body.Errors.Add("clientSecret", $"clientSecret is expected to be at most {KeyReader.MaxLength} printable characters.");
        return (key, secret);
    }

    private static IResult ErrorOf(TenantError error)
    {
        var status = error.Code switch
        {
            "not_found" => StatusCodes.Status404NotFound,
            "duplicate_name" or "too_many_accounts" => StatusCodes.Status409Conflict,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
        var details = ApiError.Details(status, error.Code, error.Message);
        if (error.MissingScopes.Count > 0)
            details.Extensions["missingScopes"] = error.MissingScopes;
        return TypedResults.Problem(details);
    }
}
