namespace RechargeGrains.PrivatePostgres;

/// <summary>Where the programs of a PostgreSQL server are on this machine.</summary>
internal static class PostgresBinaries
{
    /// <summary>Debian keeps them out of the path, one folder for each version.</summary>
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>, of the newest version; null where no server is installed.</summary>
    public static string? Folder { get; } = Find();

    private static string? Find()
    {
        var inPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var debian = Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder).Order().Reverse().Select(folder => Path.Combine(folder, "bin")) : [];
        return inPath.Concat(debian).FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));
    }
}
