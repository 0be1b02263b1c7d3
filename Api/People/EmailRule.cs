using System.ComponentModel.DataAnnotations;

namespace RechargeGrains.Api.People;

/// <summary>What is taken for an e-mail address. Pure.</summary>
internal static class EmailRule
{
    /// <summary>RFC 5321, 4.5.3.1: 64 characters, an at sign, 255 characters.</summary>
    private const int MaxLength = 320;

    private static readonly EmailAddressAttribute Shape = new();

    public static bool IsAddress(string text) => text.Length <= MaxLength && Shape.IsValid(text) && !text.Any(char.IsControl) && !text.Any(char.IsWhiteSpace);
}
