namespace RechargeGrains.Grains.Recharge.Json;

/// <summary>One spelling for e-mail addresses: trimmed and in lower case, as both services match them.</summary>
internal static class EmailText
{
    public static string? Clean(string? text)
    {
        var clean = text?.Trim().ToLowerInvariant();
        return clean is { Length: >= 3 and <= 254 } && clean.Contains('@', StringComparison.Ordinal) ? clean : null;
    }
}
