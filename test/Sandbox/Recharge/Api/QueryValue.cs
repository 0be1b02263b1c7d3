using System.Text.RegularExpressions;

namespace RechargeGrains.Sandbox;

/// <summary>Reads filter values. What is not well formed is answered 422 under the name of the filter.</summary>
internal static partial class QueryValue
{
    private static readonly string[] InstantFormats =
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    public static long Id(string name, string value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw RechargeRefusal.Field(name, "Not a valid integer.");

    public static HashSet<long> Ids(string name, string value) =>
        [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(id => Id(name, id))];

    /// <summary>An ISO-8601 date or datetime; UTC when it has no offset. A plus that was not escaped arrives as a blank and is refused.</summary>
    public static DateTimeOffset Instant(string name, string value)
    {
        var plain = Fraction().Replace(value, string.Empty);
        plain = plain.EndsWith('Z') ? plain[..^1] + "+00:00" : ShortOffset().Replace(plain, "$1:$2");
        return DateTimeOffset.TryParseExact(
            plain, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw RechargeRefusal.Field(name, $"{name} must be ISO-8601, for instance 2026-01-31 or 2026-01-31T12:00:00");
    }

    public static DateOnly Date(string name, string value) => DateOnly.FromDateTime(Instant(name, value).UtcDateTime);

    /// <summary>A comma-separated list, each of which has to be one of <paramref name="allowed"/>.</summary>
    public static HashSet<string> OneOf(string name, string value, IReadOnlyCollection<string> allowed)
    {
        var values = value.Split(',').ToHashSet(StringComparer.Ordinal);
        return values.IsSubsetOf(allowed) ? values : throw RechargeRefusal.Field(name, $"Must be one of: {string.Join(", ", allowed)}.");
    }

    [GeneratedRegex(@"(?<=:\d{2})\.\d{1,9}")]
    private static partial Regex Fraction();

    [GeneratedRegex(@"([+-]\d{2})(\d{2})$")]
    private static partial Regex ShortOffset();
}
