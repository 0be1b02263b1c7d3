namespace RechargeGrains.Silo.Hosting;

/// <summary>Settings under <c>Storage</c>.</summary>
public sealed class StorageSettings
{
    public const string Section = "Storage";

    public const string Sqlite = "Sqlite";

    /// <summary>Where grains keep their state.</summary>
    public string Provider { get; set; } = Sqlite;

    public string ConnectionString { get; set; } = "Data Source=data/recharge-grains.db";
}
