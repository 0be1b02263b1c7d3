using System.Globalization;

namespace RechargeGrains.Keys;

/// <summary>Names one Recharge customer of one connection. Recharge ids are stable while e-mail addresses are not.</summary>
public readonly record struct CustomerKey(ConnectionKey Connection, long CustomerId)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Connection}/{CustomerId}");

    public static CustomerKey Parse(string key)
    {
        var slash = key.LastIndexOf('/');
        return slash > 0 && long.TryParse(key.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? new CustomerKey(ConnectionKey.Parse(key[..slash]), id)
            : throw new FormatException($"'{key}' is not a customer key (tenant/connection/customer id).");
    }
}
