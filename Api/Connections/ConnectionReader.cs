using System.Globalization;
using RechargeGrains.Api.Http;
using RechargeGrains.Api.Tenants;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Connections;

/// <summary>Checks a request for a connection. Pure.</summary>
internal static class ConnectionReader
{
    /// <summary>What a start date is expected to be.</summary>
    public const string StartRule =
        "customersStartDate is expected to be a date or an instant in ISO 8601, not before the year 2000, for instance 2026-01-31T00:00:00Z.";

    private const int MaxUpcomingChargeDays = 60;

    private static readonly DateTimeOffset EarliestStart = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] DateForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF",
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mmK", "yyyy-MM-dd HH:mm:ssK",
    ];

    /// <summary>Null, or a connection that breaks rules, when <paramref name="errors"/> has any.</summary>
    public static NewConnection? Read(ConnectionRequest request, FieldErrors errors)
    {
        var ometria = errors.Needed("ometriaAccountId", request.OmetriaAccountId);
        var recharge = errors.Needed("rechargeAccountId", request.RechargeAccountId);
        var start = ReadStart(request.CustomersStartDate);
        if (start is null)
            errors.Add("customersStartDate", StartRule);
        if (request.UpcomingChargeDays is < 1 or > MaxUpcomingChargeDays)
            errors.Add("upcomingChargeDays", $"upcomingChargeDays is expected to be a number from 1 to {MaxUpcomingChargeDays}.");
        var events = request.CustomEvents is null ? null : EventNames.Read("customEvents", request.CustomEvents, errors);
        var late = ReadLate(request.LateEvents);
        if (late is null)
            errors.Add("lateEvents", "lateEvents is expected to be restamp, send or skip.");
        var types = ReadTypes(request.EventTypes, errors);
        return start is null || late is null
            ? null
            : new NewConnection
            {
                OmetriaAccountId = ometria,
                RechargeAccountId = recharge,
                CustomersStartDate = start.Value,
                CustomEvents = events,
                UpcomingChargeDays = request.UpcomingChargeDays,
                LateEvents = late.Value,
                EventTypes = types,
            };
    }

    internal static DateTimeOffset? ReadStart(string? text) =>
        DateTimeOffset.TryParseExact(
            text?.Trim(), DateForms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var start)
        && start >= EarliestStart
            ? start
            : null;

    private static LateEventsPolicy? ReadLate(string? text) => text switch
    {
        null or "restamp" => LateEventsPolicy.Restamp,
        "send" => LateEventsPolicy.Send,
        "skip" => LateEventsPolicy.Skip,
        _ => null,
    };

    private static Dictionary<EventKind, string> ReadTypes(IReadOnlyDictionary<string, string?>? names, FieldErrors errors)
    {
        var types = new Dictionary<EventKind, string>();
        foreach (var (name, type) in names ?? new Dictionary<string, string?>())
        {
            if (EventKinds.Parse(name) is not { } kind)
                errors.Add("eventTypes", $"eventTypes is expected to have only names of events: {EventNames.Known}.");
            else if (type?.Trim() is not { Length: > 0 and <= EventKinds.MaxEventTypeLength } trimmed || trimmed.Any(char.IsControl))
                errors.Add("eventTypes", $"eventTypes.{name} is expected to be a text of 1 to {EventKinds.MaxEventTypeLength} characters.");
            else
                types[kind] = trimmed;
        }

        if (types.Values.Distinct(StringComparer.Ordinal).Count() != types.Count)
            errors.Add("eventTypes", "eventTypes is expected to give each event a name of its own.");
        return types;
    }
}
