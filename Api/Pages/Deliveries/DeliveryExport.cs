using System.Globalization;
using System.Text;
using RechargeGrains.Api.Connections;
using RechargeGrains.Api.Deliveries;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Security;
using RechargeGrains.Deliveries;
using RechargeGrains.Keys;

namespace RechargeGrains.Api.Pages.Deliveries;

/// <summary>The delivery log as a CSV file, as far as a filter goes. Written while it is read, so that its length costs no memory.</summary>
internal static class DeliveryExport
{
    private const int BatchSize = 1_000;

    private static readonly string[] Columns =
    [
        "received_at", "event", "event_id", "email", "recharge_customer_id", "status", "occurred_at", "sent_at", "timestamp", "late", "attempts", "replays", "test", "request_id", "error",
    ];

    /// <summary>For whoever may see the tenant; 404 for others and for a connection that there is not.</summary>
    public static void MapDeliveryExport(this WebApplication app) =>
        app.MapGet("/t/{tenantId}/connections/{connectionId}/deliveries.csv", ExportAsync).RequireAuthorization().ExcludeFromDescription();

    private static async Task<IResult> ExportAsync(
        string tenantId,
        string connectionId,
        string? status,
        string? type,
        string? email,
        string? from,
        string? to,
        HttpContext context,
        IGrainFactory grains,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (Caller.Of(context.User) is not { } caller || !caller.Sees(tenantId) || await ConnectionEndpoints.KeyOfAsync(tenantId, connectionId, grains) is not { } key)
            return TypedResults.NotFound();
        var errors = new FieldErrors();
        var filter = FilterReader.Read(status, type, email, from, to, eventId: null, errors);
        if (errors.Any)
            return ApiError.Invalid(errors.ToDictionary());
        context.Response.Headers.CacheControl = "no-store";
        var name = string.Create(CultureInfo.InvariantCulture, $"deliveries-{tenantId}-{time.GetUtcNow().UtcDateTime:yyyy-MM-dd-HHmm}.csv");
        return TypedResults.Stream(body => WriteAsync(body, key, filter, new DeliveryReader(grains, time), cancellationToken), "text/csv; charset=utf-8", name);
    }

    private static async Task WriteAsync(Stream body, ConnectionKey key, DeliveryFilter filter, DeliveryReader reader, CancellationToken cancellationToken)
    {
        // With the mark that makes spreadsheets take it for UTF-8.
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true);
        await writer.WriteAsync(CsvLine.Of(Columns));
        DeliveryCursor? cursor = null;
        do
        {
            (var entries, cursor) = await reader.ReadAsync(key, filter, cursor, BatchSize, cancellationToken);
            foreach (var entry in entries)
                await writer.WriteAsync(LineOf(entry).AsMemory(), cancellationToken);
            await writer.FlushAsync(cancellationToken);
        }
        while (cursor is not null);
    }

    private static string LineOf(DeliveryEntry entry) => CsvLine.Of(
        Text(entry.ReceivedAt),
        entry.Type,
        entry.EventId,
        entry.Email,
        entry.CustomerId.ToString(CultureInfo.InvariantCulture),
        DeliveryStatuses.NameOf(entry.Status),
        Text(entry.OccurredAt),
        Text(entry.SentAt),
        Text(entry.Timestamp),
        DeliveryBody.LateName(entry.Late),
        entry.Attempts.ToString(CultureInfo.InvariantCulture),
        entry.Replays.ToString(CultureInfo.InvariantCulture),
        entry.IsTest ? "true" : "false",
        entry.RequestId,
        entry.Error);

    private static string? Text(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
