using System.Security.Cryptography;

namespace RechargeGrains.Grains.Security;

/// <summary>
/// The master key of an installation that was given none: made once, kept in a file that only its owner can read.
/// Meant for development; a key beside the data it protects guards against a copied database file and nothing else.
/// </summary>
public static class DevelopmentKeyFile
{
    /// <summary>Name of the file.</summary>
    public const string FileName = "development-master.key";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Reads the key in <paramref name="folder"/>, or makes it, and the folder, first. Processes that race for the first
    /// start all end up with the same key.
    /// </summary>
    /// <exception cref="FormatException">The file is there but holds no key. It is left as it is, since something
    /// may be sealed with the key that it once held.</exception>
    public static MasterKeys LoadOrCreate(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            Create(path);

        return MasterKeys.TryParse(File.ReadAllText(path), out var keys, out _)
            ? keys
            : throw new FormatException(
                $"The key file {path} does not hold a base64 key of 32 bytes. Restore it, or set Security:MasterKey.");
    }

    // Written under another name and moved, so that nobody ever reads half a key; the move does not replace a file, so
    // the first one to arrive decides and the others read what it wrote.
    private static void Create(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = new FileStream(draft, CreateOnce()))
            {
                file.Write(System.Text.Encoding.ASCII.GetBytes(
                    Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKeys.KeyBytes)) + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was first; its key counts.
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static FileStreamOptions CreateOnce()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        return options;
    }
}
