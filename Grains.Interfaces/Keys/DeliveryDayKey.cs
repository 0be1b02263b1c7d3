using System.Globalization;

namespace RechargeGrains.Keys;

/// <summary>Names the delivery log of one connection and one UTC day.</summary>
public readonly record struct DeliveryDayKey(ConnectionKey Connection, DateOnly Day)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Connection}/{Day:yyyy-MM-dd}");

    public static DeliveryDayKey Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 0 && DateOnly.TryParseExact(key.AsSpan(slash + 1), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? new DeliveryDayKey(ConnectionKey.Parse(key[..slash]), day)
            : throw new FormatException($"'{key}' is not a delivery day key (tenant/connection/yyyy-MM-dd).");
    }
}
