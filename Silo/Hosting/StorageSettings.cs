using RechargeGrains.Silo.Storage.Azure;

namespace RechargeGrains.Silo.Hosting;

/// <summary>Settings under <c>Storage</c>.</summary>
public sealed class StorageSettings
{
    public const string Section = "Storage";

    public const string Sqlite = "Sqlite";

    public const string Postgres = "Postgres";

    public const string AzureStorage = "AzureStorage";

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
        if (!Is(Sqlite) && !Is(Postgres) && !Is(AzureStorage))
            throw new SettingsException($"Storage:Provider is '{Provider}'; expected is {Sqlite}, {Postgres} or {AzureStorage}.");
        if (Is(AzureStorage) && !AzureStore.IsBuiltIn)
            throw new SettingsException($"Storage:Provider is '{Provider}', which this build does not have; expected is a program built with -p:AzureStorage=true, or another provider.");
        _ = Connection;
    }
}
