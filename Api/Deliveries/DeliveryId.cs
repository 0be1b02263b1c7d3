using System.Globalization;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Api.Deliveries;

/// <summary>
/// Names a line of the delivery log: the day on which we learnt of the event, which is where its line is, and the event's id. The id of the
/// event alone does too; it is then looked for.
/// </summary>
internal sealed record DeliveryId(DateOnly? Day, string EventId)
{
    private const string DayForm = "yyyyMMdd";

    public static DeliveryId Of(DeliveryEntry entry) => new(DateOnly.FromDateTime(entry.ReceivedAt.UtcDateTime), entry.EventId);

    public static DeliveryId Parse(string text) =>
        text.Length > DayForm.Length + 1 && text[DayForm.Length] == '-'
        && DateOnly.TryParseExact(text.AsSpan(0, DayForm.Length), DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DeliveryId(day, text[(DayForm.Length + 1)..])
            : new DeliveryId(null, text);

    public override string ToString() => Day is { } day ? string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}-{EventId}") : EventId;
}
