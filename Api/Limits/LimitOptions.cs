using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Api.Limits;

/// <summary>Settings under <c>Limits</c>.</summary>
internal sealed class LimitOptions
{
    public const string Section = "Limits";

    private const int Most = 1_000_000;

    /// <summary>
    /// Connections that may be open at once, and as many browsers with a page open besides; the next ones are closed. Default 5,000, so that
    /// they take neither all memory nor all files that a process may open.
    /// </summary>
    public int MaxConnections { get; set; } = 5_000;

    /// <summary>
    /// Calls of the API a second for each tenant, and ten times as many at one go; more are answered 429. Default 1,000: a script that reads
    /// everything in one go is not slowed down, one that runs in a circle is.
    /// </summary>
    public int ApiCallsPerSecond { get; set; } = 1_000;

    /// <exception cref="SettingsException">A setting is wrong.</exception>
    public static LimitOptions Of(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<LimitOptions>() ?? new LimitOptions();
        Check("MaxConnections", options.MaxConnections, 10);
        Check("ApiCallsPerSecond", options.ApiCallsPerSecond, 1);
        return options;
    }

    private static void Check(string name, int value, int least)
    {
        if (value < least || value > Most)
            throw new SettingsException($"{Section}:{name} is {value}; expected is a number from {least} to {Most}.");
    }
}
