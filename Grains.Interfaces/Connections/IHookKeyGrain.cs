using RechargeGrains.Keys;

namespace RechargeGrains.Connections;

/// <summary>Finds the connection behind a webhook address (key: SHA-256 of the hook key, in hex).</summary>
[Alias("rg.hook-key")]
public interface IHookKeyGrain : IGrainWithStringKey
{
    [Alias("assign")]
    Task AssignAsync(ConnectionKey connection);

    [Alias("resolve")]
    Task<ConnectionKey?> ResolveAsync();
}
