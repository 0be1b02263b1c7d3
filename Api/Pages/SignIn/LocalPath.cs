namespace RechargeGrains.Api.Pages.SignIn;

/// <summary>Where a sign-in may lead: to a page of this service and nowhere else, whatever the address says. Pure.</summary>
internal static class LocalPath
{
    /// <summary>The path, or the start page for anything that a browser could read as another host.</summary>
    public static string Of(string? next) =>
        next is ['/', ..] && !next.StartsWith("//", StringComparison.Ordinal) && !next.StartsWith("/\\", StringComparison.Ordinal)
        && !next.Any(char.IsControl) && Uri.TryCreate(next, UriKind.Relative, out _)
            ? next
            : "/";
}
