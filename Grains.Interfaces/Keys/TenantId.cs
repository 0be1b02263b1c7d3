using System.Text.RegularExpressions;

namespace RechargeGrains.Keys;

/// <summary>
/// The name of a retailer in every key, address and record: 1 to 63 lower-case letters, digits and hyphens.
/// Tenant isolation rests on it, so a slash or an upper-case twin can never be part of one.
/// </summary>
public static partial class TenantId
{
    public static bool IsValid([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? text) => text is not null && Shape().IsMatch(text);

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
