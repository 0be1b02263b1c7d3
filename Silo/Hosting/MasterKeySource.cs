using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// Where the master key comes from: <c>Security:MasterKey</c>, or outside Production a key file beside the database, made on the
/// first start.
/// </summary>
internal static class MasterKeySource
{
    private const string Key = "Security:MasterKey";
    private const string DefaultFolder = "data";

    /// <exception cref="SettingsException">The key is no key, or is missing in Production.</exception>
    public static MasterKeys Load(IConfiguration configuration, IHostEnvironment environment, StorageSettings storage)
    {
        var text = configuration[Key];
        if (!string.IsNullOrWhiteSpace(text))
            return MasterKeys.TryParse(text, out var keys, out var problem) ? keys : throw new SettingsException(problem);
        if (environment.IsProduction())
        {
            throw new SettingsException(
                $"{Key} is missing; expected in Production are 32 random bytes in base64, for instance from 'openssl rand -base64 32'.");
        }

        try
        {
            return DevelopmentKeyFile.LoadOrCreate(FolderOf(storage, environment.ContentRootPath));
        }
        catch (FormatException failure)
        {
            throw new SettingsException(failure.Message);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{Key} is missing and no key file can be made: {failure.Message} Expected is the key, or a folder that can be written.");
        }
    }

    private static string FolderOf(StorageSettings storage, string contentRoot)
    {
        // Of a database elsewhere: beside the program, which several silos on one machine share.
        if (!storage.Is(StorageSettings.Sqlite))
            return Path.Combine(contentRoot, DefaultFolder);
        try
        {
            var file = new SqliteConnectionStringBuilder(storage.Connection).DataSource;
            return Path.GetDirectoryName(Path.GetFullPath(file, contentRoot))!;
        }
        catch (ArgumentException)
        {
            throw new SettingsException("Storage:ConnectionString is no connection string for Sqlite; expected is for instance 'Data Source=data/recharge-grains.db'.");
        }
    }
}
