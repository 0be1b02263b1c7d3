using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace RechargeGrains.Silo.Hosting;

/// <summary>Finds the address of <c>Cluster:Address</c>.</summary>
internal static class NodeAddress
{
    private const string Auto = "auto";

    /// <exception cref="SettingsException">It is no address of this machine.</exception>
    public static IPAddress Resolve(string setting)
    {
        var own = Own();
        if (setting.Equals(Auto, StringComparison.OrdinalIgnoreCase))
        {
            return own.FirstOrDefault(address => !IPAddress.IsLoopback(address) && address.AddressFamily == AddressFamily.InterNetwork)
                ?? throw new SettingsException("Cluster:Address is 'auto', and this machine has no address but loopback; expected is its address.");
        }

        return Candidates(setting).FirstOrDefault(address => IPAddress.IsLoopback(address) || own.Contains(address))
            ?? throw new SettingsException($"Cluster:Address is '{setting}', which is no address of this machine; expected is one of its IP addresses or names, or 'auto'.");
    }

    /// <summary>An address that leads to this machine without being its own.</summary>
    /// <exception cref="SettingsException">It is no address at all.</exception>
    public static IPAddress ResolveForeign(string setting) => Candidates(setting).FirstOrDefault()
        ?? throw new SettingsException($"Cluster:Address is '{setting}'; expected with Cluster:ListenAddress is the IP address or name that others reach this silo at.");

    private static IPAddress[] Candidates(string setting)
    {
        if (IPAddress.TryParse(setting, out var address))
            return [address];
        try
        {
            return Dns.GetHostAddresses(setting);
        }
        catch (SocketException)
        {
            return [];
        }
    }

    private static List<IPAddress> Own() =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address),
    ];
}
