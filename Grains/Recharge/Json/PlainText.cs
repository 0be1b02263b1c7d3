namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>
/// Bounds texts that are kept for each subscription, so that no sender decides how large a customer's record becomes, and takes out
/// control characters, which nobody can read and a receiver may refuse.
/// </summary>
internal static class PlainText
{
    /// <summary>Ometria takes no more of a text in an event.</summary>
    private const int MaxText = 512;

    private const int MaxId = 64;

    /// <summary>A text to be read: its end may be missing, and control characters other than breaks and tabs become spaces.</summary>
    public static string? Of(string? text)
    {
        if (text is null)
            return null;
        var cut = Cut(text, MaxText);
        return cut.Any(IsUnreadable) ? string.Concat(cut.Select(character => IsUnreadable(character) ? ' ' : character)) : cut;
    }

    /// <summary>An id: half an id is another one, so it is whole or missing.</summary>
    public static string? Id(string? text) => text is { Length: <= MaxId } && !text.Any(char.IsControl) ? text : null;

    /// <summary>The beginning of a text, at most so many characters and never half a character pair.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
            return text;
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }

    private static bool IsUnreadable(char character) => char.IsControl(character) && character is not ('\t' or '\n' or '\r');
}
