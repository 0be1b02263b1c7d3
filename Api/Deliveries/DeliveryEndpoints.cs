using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Deliveries;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Deliveries;

/// <summary>The delivery log.</summary>
internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this WebApplication app) => app
        .MapGet($"{Access.TenantRoute}/connections/{{connectionId}}/deliveries", ListAsync)
        .ForTenant(Role.Member)
        .WithTags("Deliveries");

    private static async Task<IResult> ListAsync(
        string tenantId,
        string connectionId,
        string? status,
        string? type,
        string? email,
        string? from,
        string? to,
        string? cursor,
        IGrainFactory grains,
        TimeProvider time)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return ApiError.NotFound();
        var errors = new FieldErrors();
        var filter = new DeliveryFilter
        {
            Status = DeliveryStatuses.Parse(status),
            Type = type,
            Email = email,
            From = ReadInstant("from", from, errors),
            To = ReadInstant("to", to, errors),
        };
        if (status is not null && filter.Status is null)
            errors.Add("status", "status is expected to be waiting, sent, rejected, dead_lettered or suppressed.");
        var position = cursor is null ? null : DeliveryCursor.TryParse(cursor);
        if (cursor is not null && position is null)
            errors.Add("cursor", "cursor is expected to be the nextCursor of an answer.");
        if (errors.Any)
            return ApiError.Invalid(errors.ToDictionary());
        var (entries, next) = await new DeliveryReader(grains, time).ReadAsync(key, filter, position);
        return TypedResults.Ok(new DeliveryList([.. entries.Select(DeliveryBody.Of)], next?.ToString()));
    }

    private static DateTimeOffset? ReadInstant(string field, string? text, FieldErrors errors)
    {
        if (text is null)
            return null;
        // In an address, the plus of an offset arrives as a space.
        var instant = ConnectionReader.ReadStart(text) ?? ConnectionReader.ReadStart(text.Replace(' ', '+'));
        if (instant is null)
            errors.Add(field, $"{field} is expected to be an instant in ISO 8601.");
        return instant;
    }
}
