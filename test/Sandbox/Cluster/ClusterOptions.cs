namespace RechargeGrains.Sandbox;

/// <summary>What a cluster is made of.</summary>
public sealed record ClusterOptions
{
    /// <summary>Where logs go.</summary>
    public required string Folder { get; init; }

    /// <summary>The database that all share.</summary>
    public required string ConnectionString { get; init; }

    public required string RechargeUrl { get; init; }

    public required string OmetriaUrl { get; init; }

    public int Silos { get; init; } = 2;

    public int Apis { get; init; } = 2;

    /// <summary>Further settings of all programs, by the names of environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
