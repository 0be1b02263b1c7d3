namespace RechargeGrains.Keys;

/// <summary>Names one connection of one tenant; the key of every grain that belongs to a connection.</summary>
[GenerateSerializer, Immutable, Alias("rg.connection-key.v1")]
public readonly record struct ConnectionKey([property: Id(0)] string TenantId, [property: Id(1)] string ConnectionId)
{
    public override string ToString() => $"{TenantId}/{ConnectionId}";

    public static ConnectionKey Parse(string key)
    {
        var (tenant, id) = KeyText.Two(key, "tenant/connection");
        return new ConnectionKey(tenant, id);
    }
}
