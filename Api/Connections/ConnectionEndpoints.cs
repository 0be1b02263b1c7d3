using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Connections;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Connections;

/// <summary>Connections of a tenant: made and steered by administrators, read by members.</summary>
internal static class ConnectionEndpoints
{
    internal const string ConnectionRoute = "/{connectionId}";

    public static void MapConnections(this WebApplication app)
    {
        var connections = app.MapGroup($"{Access.TenantRoute}/connections").WithTags("Connections");
        connections.MapPost("", ConnectAsync).ForTenant(Role.Administrator).Audit("connection.made");
        connections.MapGet("", ListAsync).ForTenant(Role.Member);
        connections.MapGet(ConnectionRoute, GetAsync).ForTenant(Role.Member);
        connections.MapGet($"{ConnectionRoute}/customers", CustomerSearch.FindAsync).ForTenant(Role.Member);
        foreach (var action in ConnectionAction.All)
            MapAction(connections, action);
        connections.MapTestEvents();
    }

    private static async Task<IResult> ConnectAsync(string tenantId, RequestBody<ConnectionRequest> body, HttpContext http, IGrainFactory grains)
    {
        var wanted = ConnectionReader.Read(body.Value, body.Errors);
        if (wanted is null || body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        var answer = await grains.GetGrain<ITenantGrain>(tenantId).ConnectAsync(wanted);
        switch (answer.Error)
        {
            case { Code: "unknown_ometria_account", Message: var message }:
                body.Errors.Add("ometriaAccountId", message);
                return ApiError.Invalid(body.Errors.ToDictionary());
            case { Code: "unknown_recharge_account", Message: var message }:
                body.Errors.Add("rechargeAccountId", message);
                return ApiError.Invalid(body.Errors.ToDictionary());
            case { } error:
                return ApiError.Of(StatusCodes.Status409Conflict, error.Code, error.Message);
        }

        var connectionId = answer.Value!.ConnectionId;
        Audited.Note(http, connectionId);
        var status = await grains.GetGrain<IConnectionGrain>(new ConnectionKey(tenantId, connectionId).ToString()).GetStatusAsync();
        return TypedResults.Created($"/api/v1/tenants/{tenantId}/connections/{connectionId}", ConnectionBody.Of(status!));
    }

    private static async Task<IResult> ListAsync(string tenantId, ConnectionBoard board) =>
        TypedResults.Ok(new ConnectionList([.. (await board.OfTenantAsync(tenantId)).Select(ConnectionBody.Of)]));

    private static async Task<IResult> GetAsync(string tenantId, string connectionId, IGrainFactory grains, ConnectionBoard board) =>
        await KeyOfAsync(tenantId, connectionId, grains) is { } key && await board.OfAsync(key) is { } status
            ? TypedResults.Ok(ConnectionBody.Of(status))
            : ApiError.NotFound();

    private static void MapAction(IEndpointRouteBuilder connections, ConnectionAction action) => connections
        .MapPost($"{ConnectionRoute}/{action.Name}", async Task<IResult> (string tenantId, string connectionId, IGrainFactory grains) =>
        {
            if (await KeyOfAsync(tenantId, connectionId, grains) is not { } key)
                return ApiError.NotFound();
            var connection = grains.GetGrain<IConnectionGrain>(key.ToString());
            if (await connection.GetStatusAsync() is not { } status)
                return ApiError.NotFound();
            if (action.Refusal(status.State) is { } refusal)
                return ApiError.Of(StatusCodes.Status409Conflict, refusal.Code, refusal.Message);
            await action.Act(connection);
            return TypedResults.Accepted((string?)null);
        })
        .ForTenant(Role.Administrator)
        .Audit($"connection.{action.Name}", "connectionId");

    /// <summary>Null for a connection that the tenant does not have; asking a grain for it would make one.</summary>
    internal static async Task<ConnectionKey?> KeyOfAsync(string tenantId, string connectionId, IGrainFactory grains) =>
        await grains.GetGrain<ITenantGrain>(tenantId).GetAsync() is { } tenant && tenant.ConnectionIds.Contains(connectionId)
            ? new ConnectionKey(tenantId, connectionId)
            : null;
}
