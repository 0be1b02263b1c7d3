using System.Text.RegularExpressions;

namespace RechargeGrains.Api.Tests.Deploy;

/// <summary>The files under <c>deploy/</c> and the page of settings, as they are in the repository.</summary>
internal static partial class DeployFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>Files that something is run with, so not the pages: path from the top of the repository, and text.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "deploy"), "*", SearchOption.AllDirectories)
        // What somebody filled in is theirs.
        .Where(path => Path.GetExtension(path) != ".md" && Path.GetFileName(path) != ".env" && Path.GetFileName(path) != "main.bicepparam")
        .ToDictionary(path => Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText);

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Keys in the table of settings of the main page, without the numbers of lists.</summary>
    public static IReadOnlySet<string> Settings()
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match row in SettingRow().Matches(Read("README.md")))
        {
            var section = "";
            foreach (Match name in Quoted().Matches(row.Groups["keys"].Value))
            {
                // "…:ClientSecret" has the section of the key before it.
                var key = name.Groups[1].Value.Replace("…:", section, StringComparison.Ordinal);
                section = key[..(key.LastIndexOf(':') + 1)];
                keys.Add(ListNumber().Replace(key, ""));
            }
        }

        return keys;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "RechargeGrains.sln")))
            folder = folder.Parent;
        return folder.FullName;
    }

    [GeneratedRegex(@"^\| (?<keys>`[^|]*`[^|]*) \| [^|]* \| [^|]*\|$", RegexOptions.Multiline)]
    private static partial Regex SettingRow();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@":\d+$")]
    private static partial Regex ListNumber();
}
