using RechargeGrains.Api.Audit;
using RechargeGrains.Api.Deliveries;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.People;
using RechargeGrains.Api.Security;
using RechargeGrains.Api.Tenants;
using RechargeGrains.Customers;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Connections;

/// <summary>Labelled test events, by administrators.</summary>
internal static class TestEventEndpoints
{
    public static void MapTestEvents(this IEndpointRouteBuilder connections) =>
        connections.MapPost($"{ConnectionEndpoints.ConnectionRoute}/test-event", SendAsync).ForTenant(Role.Administrator);

    private static async Task<IResult> SendAsync(
        string tenantId, string connectionId, RequestBody<TestEventRequest> body, HttpContext context, IGrainFactory grains, AuditTrail audit)
    {
        if (await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return ApiError.NotFound();
        var kind = EventKinds.Parse(body.Value.EventType);
        if (kind is null)
            body.Errors.Add("eventType", $"eventType is expected to be one of {EventNames.Known}.");
        var email = body.Value.Email?.Trim() ?? "";
        if (!EmailRule.IsAddress(email))
            body.Errors.Add("email", "email is expected to be an e-mail address.");
        if (kind is not { } wanted || body.Errors.Any)
            return ApiError.Invalid(body.Errors.ToDictionary());
        var answer = await TestEventSender.SendAsync(grains, key, wanted, email);
        if (answer.Value is not { } entry)
            return ApiError.Of(StatusCodes.Status409Conflict, answer.Error!.Code, answer.Error.Message);
        // Not by the route's filter: what it was done to stands in the body. The address is nobody's business there.
        if (Caller.Of(context.User) is { } caller)
            await audit.AddAsync(tenantId, caller.Who, TestEventSender.AuditedAs, EventKinds.NameOf(wanted), context.Connection.RemoteIpAddress?.ToString(), connectionId);
        return TypedResults.Accepted((string?)null, DeliveryBody.Of(entry));
    }
}
