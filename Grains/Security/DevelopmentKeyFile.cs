using System.Runtime.InteropServices;
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

    // Written under another name and then given its own, so that nobody ever reads half a key. A name that is taken is
    // not given again, so the first one to arrive decides and the others read what it wrote.
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

            GiveName(draft, path);
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

    // File.Move looks whether the name is taken and then renames, outside Windows: of two at the same moment the later one
    // replaces the key that the earlier one already uses. A hard link is made or refused in one step. Where files have no
    // links, the move is what is left.
    private static void GiveName(string draft, string path)
    {
        if (OperatingSystem.IsWindows() || Link(draft, path) != 0)
            File.Move(draft, path, overwrite: false);
    }

    [DllImport("libc", EntryPoint = "link", BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string existing,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string added);

    private static FileStreamOptions CreateOnce()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;

        return options;
    }
}
