namespace RechargeGrains.PrivatePostgres;

/// <summary>Where the programs of a PostgreSQL server are on this machine.</summary>
internal static class PostgresBinaries
{
    /// <summary>Debian keeps them out of the path, one folder for each version.</summary>
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The folder with <c>postgres</c> and <c>initdb</c>, of the newest version; null where no server is installed.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>The file of a program: the server's own, or one that came without a server.</summary>
    public static string PathOf(string program) =>
        Folders.Prepend(Folder!).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"'{program}' is not installed beside the PostgreSQL server (Debian's package is 'postgresql-client').");

    private static IEnumerable<string> Folders
    {
        get
        {
            var inPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
            var debian = Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder).Order().Reverse().Select(folder => Path.Combine(folder, "bin")) : [];
            return inPath.Concat(debian);
        }
    }

    private static string? Find() =>
        Folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")) && File.Exists(Path.Combine(folder, "initdb")));
}
