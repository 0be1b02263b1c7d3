using Npgsql;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>Connections to the database, with defaults where the connection string is silent.</summary>
internal static class PostgresConnection
{
    /// <summary>Several silos and programs share a server that takes a hundred connections unless it is told otherwise.</summary>
    private const int MaxPoolSize = 30;

    /// <summary>Statements are few and come again and again; parsing them each time costs the server more than running them.</summary>
    private const int MaxAutoPrepare = 32;

    /// <summary>Seconds, well below the 30 that a grain waits for an answer.</summary>
    private const int ConnectSeconds = 5;
    private const int CommandSeconds = 15;

    /// <summary>Opens nothing yet.</summary>
    /// <exception cref="StorageStartException">The text is no connection string for PostgreSQL. The message does not repeat it: it has a password in it.</exception>
    public static NpgsqlDataSource Create(string connectionString)
    {
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(settings.Host) || string.IsNullOrWhiteSpace(settings.Database))
                throw Wrong();
            SetUnlessGiven("Maximum Pool Size", MaxPoolSize);
            SetUnlessGiven("Max Auto Prepare", MaxAutoPrepare);
            SetUnlessGiven("Timeout", ConnectSeconds);
            SetUnlessGiven("Command Timeout", CommandSeconds);
            SetUnlessGiven("Application Name", "recharge-grains");
            return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();

            void SetUnlessGiven(string key, object value)
            {
                if (!settings.ShouldSerialize(key))
                    settings[key] = value;
            }
        }
        catch (Exception failure) when (failure is ArgumentException or FormatException or InvalidCastException)
        {
            throw Wrong();
        }
    }

    private static StorageStartException Wrong() => new(
        "Storage:ConnectionString is no connection string for Postgres; expected is for instance 'Host=db.internal;Database=recharge_grains;Username=recharge_grains;Password=…'.");
}
