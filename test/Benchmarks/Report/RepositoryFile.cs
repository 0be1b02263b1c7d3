namespace RechargeGrains.Benchmarks.Report;

internal static class RepositoryFile
{
    /// <summary>A file of the repository that this program was built in.</summary>
    /// <exception cref="InvalidOperationException">There is none: the program was taken elsewhere.</exception>
    public static string Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RechargeGrains.sln")))
                return Path.Combine(folder.FullName, path);
        }

        throw new InvalidOperationException("This has to run from within the repository.");
    }
}
