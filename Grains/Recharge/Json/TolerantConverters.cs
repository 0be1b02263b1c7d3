using System.Globalization;

namespace RechargeGrains.Grains.Recharge.Json;

internal sealed class TolerantString : TolerantConverter<string>
{
    protected override string? Parse(string text) => text.Length == 0 ? null : text;
}

internal sealed class TolerantInt64 : TolerantConverter<long?>
{
    protected override long? Parse(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
}

internal sealed class TolerantInt32 : TolerantConverter<int?>
{
    protected override int? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : null;
}

internal sealed class TolerantDecimal : TolerantConverter<decimal?>
{
    protected override decimal? Parse(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>
/// An instant; one without an offset is UTC, as version 2021-11 means it. Outside of 2000 to 2099 it makes no sense: a change far in the
/// future would make every true one after it look old.
/// </summary>
internal sealed class TolerantInstant : TolerantConverter<DateTimeOffset?>
{
    // The parser would take a bare hour for one of today and a name of a month for its first.
    private const int DateLength = 10;

    protected override DateTimeOffset? Parse(string text) =>
        text.Length >= DateLength
        && DateOnly.TryParseExact(text.AsSpan(0, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value)
        && value.Year is >= 2000 and < 2100
            ? value
            : null;
}

/// <summary>A bare calendar date; a time that comes with it is cut off, never converted.</summary>
internal sealed class TolerantDate : TolerantConverter<DateOnly?>
{
    protected override DateOnly? Parse(string text) =>
        text.Length >= 10 && DateOnly.TryParseExact(text.AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var value)
            ? value
            : null;
}
