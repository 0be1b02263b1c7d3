using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace RechargeGrains.Api;

/// <summary>Where people reach the pages: <c>PublicUrl</c>, or the address that is listened on. Known once the program has started.</summary>
internal sealed class ListeningAddress(IConfiguration configuration, IServer server)
{
    /// <summary>Whether the settings say it.</summary>
    public bool IsSet => configuration["PublicUrl"] is { Length: > 0 };

    public string Value => configuration["PublicUrl"] is { Length: > 0 } url ? url.TrimEnd('/') : Local ?? "";

    /// <summary>The first address that is listened on, as a browser on this machine would write it.</summary>
    public string? Local => server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()
        ?.Replace("//[::]", "//localhost", StringComparison.Ordinal).Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
        .Replace("//+", "//localhost", StringComparison.Ordinal).Replace("//*", "//localhost", StringComparison.Ordinal);
}
