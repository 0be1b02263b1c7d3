using RechargeGrains.Accounts;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Accounts;

/// <summary>What a first import from a Recharge account would do, before there is a connection.</summary>
internal static class PreviewEndpoints
{
    public static void MapPreviews(this IEndpointRouteBuilder accounts)
    {
        accounts.MapPost("/{accountId}/preview", StartAsync);
        accounts.MapGet("/{accountId}/preview", GetAsync);
    }

    private static async Task<IResult> StartAsync(string tenantId, string accountId, OptionalBody<PreviewRequest> body, IGrainFactory grains)
    {
        if (await RefusalAsync(tenantId, accountId, grains) is { } refusal)
            return refusal;
        var start = body.Value.CustomersStartDate is { } text ? ConnectionReader.ReadStart(text) : null;
        if (body.Value.CustomersStartDate is not null && start is null)
            body.Errors.Add("customersStartDate", ConnectionReader.StartRule);
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        return TypedResults.Accepted((string?)null, PreviewBody.Of(await PreviewOf(tenantId, accountId, grains).StartAsync(start)));
    }

    private static async Task<IResult> GetAsync(string tenantId, string accountId, IGrainFactory grains)
    {
        if (await RefusalAsync(tenantId, accountId, grains) is { } refusal)
            return refusal;
        return await PreviewOf(tenantId, accountId, grains).GetAsync() is { } preview
            ? TypedResults.Ok(PreviewBody.Of(preview))
            : ApiError.Of(StatusCodes.Status404NotFound, "no_preview", "No preview of this account was asked for yet. Ask for one with POST.");
    }

    private static async Task<IResult?> RefusalAsync(string tenantId, string accountId, IGrainFactory grains)
    {
        var accounts = await grains.GetGrain<ITenantGrain>(tenantId).ListAccountsAsync();
        return accounts.FirstOrDefault(account => account.AccountId == accountId)?.Kind switch
        {
            AccountKind.Recharge => null,
            null => ApiError.NotFound(),
            _ => ApiError.Of(StatusCodes.Status409Conflict, "not_recharge", "Only a Recharge account has customers to preview, and this is an Ometria account."),
        };
    }

    private static IImportPreviewGrain PreviewOf(string tenantId, string accountId, IGrainFactory grains) =>
        grains.GetGrain<IImportPreviewGrain>(new AccountKey(tenantId, accountId).ToString());
}
