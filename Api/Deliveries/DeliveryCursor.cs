using System.Globalization;

namespace RechargeGrains.Api.Deliveries;

/// <summary>Where a listing of the delivery log goes on: a day, and a place in it; without a day, a place among what still waits.</summary>
internal sealed record DeliveryCursor(DateOnly? Day, long? Before)
{
    private const string WaitingForm = "waiting";

    /// <summary>A place among what still waits.</summary>
    public static DeliveryCursor Waiting(long before) => new(null, before);

    public static DeliveryCursor? TryParse(string text)
    {
        var parts = text.Split('.');
        long? before = parts.Length == 2 && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;
        if (parts.Length > 2 || (parts.Length == 2 && before is null))
            return null;
        if (parts[0] == WaitingForm)
            return before is { } position ? Waiting(position) : null;
        return DateOnly.TryParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DeliveryCursor(day, before) : null;
    }

    public override string ToString()
    {
        var part = Day is { } day ? string.Create(CultureInfo.InvariantCulture, $"{day:yyyyMMdd}") : WaitingForm;
        return Before is { } before ? string.Create(CultureInfo.InvariantCulture, $"{part}.{before}") : part;
    }
}
