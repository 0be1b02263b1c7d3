using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Outbox;

/// <summary>Tells Ometria's errors apart, and which may be ours. Pure.</summary>
internal static class PushErrorRules
{
    /// <summary>What makes an error the same one at the next reading; a hash, because its words may quote a record.</summary>
    public static string LineOf(PushError error) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        $"{error.Message}\n{error.Path}\n{error.RequestId}\n{error.RecordType}\n{error.RecordId}\n{error.Timestamp}")).AsSpan(0, 12));

    /// <summary>Those that were not there before. An error without ids may be there several times, so they are counted.</summary>
    public static IReadOnlyList<PushError> Fresh(IReadOnlyList<PushError> errors, IReadOnlyList<string> seen)
    {
        var left = seen.GroupBy(line => line).ToDictionary(group => group.Key, group => group.Count());
        var fresh = new List<PushError>();
        foreach (var error in errors)
        {
            var line = LineOf(error);
            if (left.GetValueOrDefault(line) > 0)
                left[line]--;
            else
                fresh.Add(error);
        }

        return fresh;
    }

    /// <summary>The customer whose contact an error names, if it may be one of ours.</summary>
    public static long? ContactOf(PushError error) =>
        error is { RecordType: "contact", Collection: null or RecordWriter.Collection }
        && long.TryParse(error.RecordId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;

    public static string Words(PushError error) => error.Path is null
        ? $"Ometria took it and found it wrong later: {error.Message}"
        : $"Ometria took it and found it wrong later: {error.Message} ({error.Path})";

    /// <summary>Whether a record has something at an error's path, for instance <c>root > properties > price</c>.</summary>
    public static bool HasPath(ReadOnlyMemory<byte> record, string? path)
    {
        if (path?.Split('>', StringSplitOptions.TrimEntries) is not ["root", .. var names])
            return false;
        using var document = JsonDocument.Parse(record);
        var at = document.RootElement;
        foreach (var name in names)
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                return false;
        }

        return true;
    }
}
