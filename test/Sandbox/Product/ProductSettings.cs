namespace RechargeGrains.Sandbox;

/// <summary>How the product is started. Everything has a default that lets many run side by side on one machine.</summary>
public sealed class ProductSettings
{
    /// <summary>Where database, key and log of the product go; it outlives the process, so that a restart finds them.</summary>
    public required string Folder { get; init; }

    /// <summary>The embedded store.</summary>
    public string DatabaseFile => Path.Combine(Folder, "recharge-grains.db");

    public required string RechargeUrl { get; init; }

    public required string OmetriaUrl { get; init; }

    /// <summary>The operator's token.</summary>
    public string OperatorToken { get; init; } = "sandbox-operator-token";

    /// <summary>Further settings, by the names of environment variables.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>The file of the program; also a silo alone, whose <see cref="Url"/> is where it is monitored.</summary>
    public string Program { get; set; } = "RechargeGrains.Api.dll";

    /// <summary>Where it listens; a free port is chosen once, so that a restart listens where webhooks are sent to.</summary>
    public string Url { get; init; } = $"http://127.0.0.1:{FreePort.Next()}";

    internal int SiloPort { get; } = FreePort.Next();

    /// <summary>Where a client finds the silo, if they are two programs.</summary>
    public int GatewayPort { get; init; } = FreePort.Next();
}
