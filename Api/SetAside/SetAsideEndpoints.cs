using System.Globalization;
using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Keys;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.SetAside;

/// <summary>Webhooks that could not be understood: members see that there are any, administrators see what is in them and replay them.</summary>
internal static class SetAsideEndpoints
{
    private const int PageSize = 50;

    /// <summary>Bodies that one call replays or looks at.</summary>
    private const int BatchSize = 100;

    public static void MapSetAside(this WebApplication app)
    {
        var bodies = app.MapGroup($"{Access.TenantRoute}/connections/{{connectionId}}/set-aside").WithTags("Set aside");
        bodies.MapGet("", ListAsync).ForTenant(Role.Member);
        bodies.MapGet("/{id}", GetAsync).ForTenant(Role.Administrator);
        bodies.MapDelete("/{id}", RemoveAsync).ForTenant(Role.Administrator).Audit("set_aside.removed", "connectionId");
        bodies.MapPost("/{id}/replay", ReplayAsync).ForTenant(Role.Administrator).Audit("set_aside.replayed", "connectionId");
        bodies.MapPost("/replay", ReplayAllAsync).ForTenant(Role.Administrator).Audit("set_aside.replayed", "connectionId");
    }

    private static async Task<IResult> ListAsync(string tenantId, string connectionId, string? cursor, IGrainFactory grains)
    {
        if (await GrainOfAsync(tenantId, connectionId, grains) is not { } setAside)
            return ApiError.NotFound();
        var before = cursor is null ? null : NumberOf(cursor);
        if (cursor is not null && before is null)
            return InvalidCursor();
        var page = await setAside.ListAsync(before, PageSize);
        return TypedResults.Ok(new SetAsideList([.. page.Entries.Select(SetAsideEntryBody.Of)], CursorOf(page.Before)));
    }

    private static async Task<IResult> GetAsync(string tenantId, string connectionId, string id, IGrainFactory grains) =>
        await GrainOfAsync(tenantId, connectionId, grains) is { } setAside && NumberOf(id) is { } number && await setAside.ReadAsync(number) is { } content
            ? TypedResults.Ok(SetAsideContentBody.Of(content))
            : ApiError.NotFound();

    private static async Task<IResult> RemoveAsync(string tenantId, string connectionId, string id, IGrainFactory grains) =>
        await GrainOfAsync(tenantId, connectionId, grains) is { } setAside && NumberOf(id) is { } number && await setAside.RemoveAsync(number)
            ? TypedResults.NoContent()
            : ApiError.NotFound();

    private static async Task<IResult> ReplayAsync(string tenantId, string connectionId, string id, IGrainFactory grains)
    {
        if (await GrainOfAsync(tenantId, connectionId, grains) is not { } setAside || NumberOf(id) is not { } number)
            return ApiError.NotFound();
        if (await ContextOfAsync(tenantId, connectionId, grains) is not { } context)
            return Disconnected();
        return SetAsideEntryBody.NameOf(await setAside.ReplayAsync(number, context)) is { } outcome
            ? TypedResults.Accepted((string?)null, new ReplayBody(SetAsideEntryBody.IdOf(number), outcome))
            : ApiError.NotFound();
    }

    private static async Task<IResult> ReplayAllAsync(string tenantId, string connectionId, OptionalBody<ReplayRequest> body, HttpContext http, IGrainFactory grains)
    {
        if (await GrainOfAsync(tenantId, connectionId, grains) is not { } setAside)
            return ApiError.NotFound();
        if (body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        var from = body.Value.Cursor is { } cursor ? NumberOf(cursor) : 0;
        if (from is null)
            return InvalidCursor();
        // One after the other, the oldest first, as they came. Each is a call of its own, so that webhooks get their turn in between.
        var picked = await setAside.PickAsync(from.Value, BatchSize);
        var next = CursorOf(picked.Next);
        if (body.Value.DryRun == true)
        {
            Audited.NothingDone(http);
            var understood = 0;
            foreach (var number in picked.Numbers)
                understood += await setAside.TryAsync(number) == true ? 1 : 0;
            return TypedResults.Ok(new DryRunBody(picked.Numbers.Count, understood, next is not null, next));
        }

        if (await ContextOfAsync(tenantId, connectionId, grains) is not { } context)
            return Disconnected();
        var (replayed, stay) = (0, 0);
        foreach (var number in picked.Numbers)
        {
            // Null: somebody else removed it meanwhile.
            if (await setAside.ReplayAsync(number, context) is { } outcome)
                (replayed, stay) = outcome == SetAsideOutcome.NotUnderstood ? (replayed, stay + 1) : (replayed + 1, stay);
        }

        return TypedResults.Accepted((string?)null, new ReplayAllBody(replayed, stay, next is not null, next));
    }

    private static async Task<ISetAsideGrain?> GrainOfAsync(string tenantId, string connectionId, IGrainFactory grains) =>
        await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is { } key ? grains.GetGrain<ISetAsideGrain>(key.ToString()) : null;

    /// <summary>Null for a connection that takes no webhooks any more.</summary>
    private static async Task<CustomerContext?> ContextOfAsync(string tenantId, string connectionId, IGrainFactory grains) =>
        (await grains.GetGrain<IConnectionGrain>(new ConnectionKey(tenantId, connectionId).ToString()).GetHookTargetAsync())?.Context;

    private static long? NumberOf(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? CursorOf(long? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static IResult InvalidCursor()
    {
        var errors = new FieldErrors();
        errors.Add("cursor", "cursor is expected to be the nextCursor of an answer.");
        return ApiError.Invalid(errors.ToDictionary());
    }

    private static IResult Disconnected() =>
        ApiError.Of(StatusCodes.Status409Conflict, "disconnected", "This connection was disconnected. Connect the accounts anew.");
}
