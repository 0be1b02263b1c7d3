namespace RechargeGrains.Api.Http;

/// <summary>What is taken for a name for people. Pure.</summary>
internal static class NameRule
{
    public const int MaxLength = 200;

    /// <summary>Without the blanks around it: there is one, it is not too long, and it is on one line.</summary>
    public static bool IsName(string text) => text.Trim() is { Length: > 0 and <= MaxLength } name && !name.Any(char.IsControl);
}
