using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Http;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Deliveries;

/// <summary>Checks a filter over the delivery log. Pure.</summary>
internal static class FilterReader
{
    public static DeliveryFilter Read(string? status, string? type, string? email, string? from, string? to, string? eventId, FieldErrors errors)
    {
        var filter = new DeliveryFilter
        {
            Status = DeliveryStatuses.Parse(status),
            Type = type,
            Email = email,
            From = ReadInstant("from", from, errors),
            To = ReadInstant("to", to, errors),
            EventId = eventId,
        };
        if (status is not null && filter.Status is null)
            errors.Add("status", "status is expected to be waiting, sent, rejected, dead_lettered or suppressed.");
        return filter;
    }

    /// <summary>As <see cref="Read"/>, for what can be sent again: not everything at once by mistake, and nothing that waits anyway.</summary>
    public static DeliveryFilter ReadReplay(ReplayRequest request, FieldErrors errors)
    {
        var filter = Read(request.Status, request.Type, request.Email, request.From, request.To, null, errors);
        if (filter.Status == DeliveryStatus.Waiting)
            errors.Add("status", "status is expected to be sent, rejected, dead_lettered or suppressed: what waits is sent anyway.");
        if (!errors.Any && filter == new DeliveryFilter())
            errors.Add("body", "At least one of status, type, email, from and to is needed.");
        return filter;
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
