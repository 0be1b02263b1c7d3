using System.Net;

namespace RechargeGrains.Silo.Hosting;

/// <summary>Settings under <c>Cluster</c>.</summary>
public sealed class ClusterSettings
{
    public const string Section = "Cluster";

    /// <summary>Names the service in every stored record. Never changed once there is data.</summary>
    public string ServiceId { get; set; } = "recharge-grains";

    /// <summary>Names the cluster that silos form.</summary>
    public string ClusterId { get; set; } = "local";

    /// <summary>Where silos speak to each other. Never open to the public. Several on one machine differ.</summary>
    public int SiloPort { get; set; } = 11111;

    /// <summary>Where clients outside the silo's process connect. Never open to the public.</summary>
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// Where other nodes reach this silo, and where it listens: an IP address of this machine, a name that resolves to one, or <c>auto</c> for the
    /// first that is not loopback. Only a silo whose neighbours are on other machines needs one: whoever reaches its ports is inside.
    /// </summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>
    /// Where this silo listens, an IP address, where others reach it through something in between and <see cref="Address"/> is not this machine's.
    /// If it is not set, at <see cref="Address"/>.
    /// </summary>
    public string? ListenAddress { get; set; }

    /// <exception cref="SettingsException">A value makes no sense.</exception>
    public void Check()
    {
        if (string.IsNullOrWhiteSpace(Address))
            throw new SettingsException("Cluster:Address is empty; expected is an IP address or name of this machine, or 'auto'.");
        if (!string.IsNullOrWhiteSpace(ListenAddress) && !IPAddress.TryParse(ListenAddress, out _))
            throw new SettingsException($"Cluster:ListenAddress is '{ListenAddress}'; expected is an IP address of this machine, or 0.0.0.0 for all of them.");
        CheckPort("SiloPort", SiloPort);
        CheckPort("GatewayPort", GatewayPort);
        if (SiloPort == GatewayPort)
            throw new SettingsException($"Cluster:SiloPort and Cluster:GatewayPort are both {SiloPort}; expected are two different ports.");
        CheckId("ServiceId", ServiceId);
        CheckId("ClusterId", ClusterId);
    }

    private static void CheckPort(string name, int port)
    {
        if (port is < 1 or > 65535)
            throw new SettingsException($"Cluster:{name} is {port}; expected is a port from 1 to 65535.");
    }

    private static void CheckId(string name, string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw new SettingsException($"Cluster:{name} is empty; expected is a name.");
    }
}
