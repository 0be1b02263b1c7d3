using System.Globalization;
using System.Text;

namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>
/// One spelling for e-mail addresses: trimmed and in lower case, as both services match them. What can be no address, because of
/// spaces, control or invisible characters or another number of @ than one, is none.
/// </summary>
internal static class EmailText
{
    public static string? Clean(string? text)
    {
        if (text is null)
            return null;
        var clean = text.Trim().ToLowerInvariant();
        if (clean.Length is < 3 or > 254)
            return null;
        var at = clean.IndexOf('@', StringComparison.Ordinal);
        var isAddress = at > 0 && at < clean.Length - 1 && clean.IndexOf('@', at + 1) < 0 && clean.EnumerateRunes().All(MayStandInAddress);
        return isAddress ? clean : null;
    }

    // The replacement character is what half a pair is enumerated as, and what a broken source puts for what it could not read.
    private static bool MayStandInAddress(Rune rune) =>
        rune != Rune.ReplacementChar
        && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
}
