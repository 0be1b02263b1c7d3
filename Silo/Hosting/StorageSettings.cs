namespace RechargeGrains.Silo.Hosting;

/// <summary>Settings under <c>Storage</c>.</summary>
public sealed class StorageSettings
{
    public const string Section = "Storage";

    public const string Sqlite = "Sqlite";

    public const string Postgres = "Postgres";

    private const string DefaultFile = "Data Source=data/recharge-grains.db";

    /// <summary>Where grains keep their state.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>How to get there. The embedded store has a default, a database elsewhere has none.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether the provider is this one, however it is written.</summary>
    public bool Is(string provider) => Provider.Equals(provider, StringComparison.OrdinalIgnoreCase);

    /// <summary>What to open, with the default if nothing is given.</summary>
    /// <exception cref="SettingsException">Nothing is given and there is no default.</exception>
    public string Connection => (ConnectionString, Is(Sqlite)) switch
    {
        ({ } given, _) when !string.IsNullOrWhiteSpace(given) => given,
        (_, true) => DefaultFile,
        _ => throw new SettingsException($"Storage:ConnectionString is missing; expected with Storage:Provider '{Provider}' is the connection string of the database."),
    };

    /// <exception cref="SettingsException">A value makes no sense.</exception>
    public void Check()
    {
        if (!Is(Sqlite) && !Is(Postgres))
            throw new SettingsException($"Storage:Provider is '{Provider}'; expected is {Sqlite} or {Postgres}.");
        _ = Connection;
    }
}
