namespace RechargeGrains.Api.Accounts;

/// <summary>Checks what somebody gave as a key or a secret, before either service is asked. Pure.</summary>
internal static class KeyReader
{
    public const int MaxLength = 1_000;

    /// <summary>Without the blanks that come along when a key is copied; null if nothing was given.</summary>
    public static string? Read(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>A key travels in a header, where a line break would be another header; and no secret of either service has other characters.</summary>
    public static bool IsUsable(string key) => key.Length <= MaxLength && key.All(character => character is > ' ' and <= '~');
}
