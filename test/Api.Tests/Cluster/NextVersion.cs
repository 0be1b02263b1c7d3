using System.Reflection;

namespace RechargeGrains.Api.Tests.Cluster;

/// <summary>The product as its next version might be: what travels between programs and is kept in state has members more.</summary>
internal static class NextVersion
{
    private const string Changed = "RechargeGrains.Grains.Interfaces.dll";

    /// <summary>Puts the programs of the next version into a folder and answers the path of one of them.</summary>
    public static string PutInto(string folder, string program)
    {
        var own = typeof(NextVersion).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(metadata => metadata.Key, metadata => metadata.Value!);
        if (!Directory.Exists(folder))
        {
            foreach (var file in Directory.EnumerateFiles(own["ProductPath"], "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, Path.GetRelativePath(own["ProductPath"], file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            var next = Path.Combine(own["NextVersionPath"], Changed);
            Assert.Contains("AddedToMessage", File.ReadAllText(next, Encoding.Latin1), StringComparison.Ordinal);
            Assert.Contains("AddedToEvent", File.ReadAllText(next, Encoding.Latin1), StringComparison.Ordinal);
            File.Copy(next, Path.Combine(folder, Changed), overwrite: true);
        }

        return Path.Combine(folder, program);
    }
}
