using System.Globalization;

namespace RechargeGrains.Api.Deliveries;

/// <summary>Where a listing of the delivery log goes on: a day, and a place in it.</summary>
internal sealed record DeliveryCursor(DateOnly Day, long? Before)
{
    public static DeliveryCursor? TryParse(string text)
    {
        var parts = text.Split('.');
        if (parts.Length is < 1 or > 2 || !DateOnly.TryParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return null;
        if (parts.Length == 1)
            return new DeliveryCursor(day, null);
        return long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var before) ? new DeliveryCursor(day, before) : null;
    }

    public override string ToString() => Before is { } before
        ? string.Create(CultureInfo.InvariantCulture, $"{Day:yyyyMMdd}.{before}")
        : string.Create(CultureInfo.InvariantCulture, $"{Day:yyyyMMdd}");
}
