using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Deliveries;

/// <summary>The delivery log: read by members.</summary>
internal static class DeliveryEndpoints
{
    public const string Route = $"{Access.TenantRoute}/connections/{{connectionId}}/deliveries";

    public static void MapDeliveries(this WebApplication app)
    {
        var deliveries = app.MapGroup(Route).WithTags("Deliveries");
        deliveries.MapGet("", ListAsync).ForTenant(Role.Member);
        deliveries.MapReplays();
        deliveries.MapGet("/{id}", GetAsync).ForTenant(Role.Member);
    }

    private static async Task<IResult> ListAsync(
        string tenantId,
        string connectionId,
        string? status,
        string? type,
        string? email,
        string? from,
        string? to,
        string? eventId,
        string? cursor,
        IGrainFactory grains,
        TimeProvider time)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return ApiError.NotFound();
        var errors = new FieldErrors();
        var filter = FilterReader.Read(status, type, email, from, to, eventId, errors);
        var position = cursor is null ? null : DeliveryCursor.TryParse(cursor);
        if (cursor is not null && position is null)
            errors.Add("cursor", "cursor is expected to be the nextCursor of an answer.");
        if (errors.Any)
            return ApiError.Invalid(errors.ToDictionary());
        var (entries, next) = await new DeliveryReader(grains, time).ReadAsync(key, filter, position);
        return TypedResults.Ok(new DeliveryList([.. entries.Select(DeliveryBody.Of)], next?.ToString()));
    }

    private static async Task<IResult> GetAsync(string tenantId, string connectionId, string id, IGrainFactory grains, TimeProvider time) =>
        await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is { } key
        && await new DeliveryReader(grains, time).FindAsync(key, DeliveryId.Parse(id)) is { } entry
            ? TypedResults.Ok(DeliveryDetailBody.Of(entry))
            : ApiError.NotFound();
}
