namespace RechargeGrains.Grains.Recharge;

/// <summary>Scopes that a key needs (API reference on scopes; the store's has gone by two names).</summary>
internal static class RechargeScopes
{
    private static readonly string[][] Needed =
        [["read_customers"], ["read_subscriptions"], ["read_orders"], ["read_store", "store_info"]];

    /// <summary>Those that are missing, by their first name. The right to write includes the right to read.</summary>
    public static IReadOnlyList<string> MissingFrom(IReadOnlyCollection<string> granted) =>
        [.. Needed.Where(names => !names.Any(name => IsGranted(name, granted))).Select(names => names[0])];

    private static bool IsGranted(string scope, IReadOnlyCollection<string> granted) =>
        granted.Contains(scope) || (scope.StartsWith("read_", StringComparison.Ordinal) && granted.Contains($"write_{scope["read_".Length..]}"));
}
