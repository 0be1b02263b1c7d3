namespace RechargeGrains.Sandbox;

/// <summary>A call that has a good token, version and scope and found room in the bucket.</summary>
internal sealed record RechargeCall(HttpRequest Request, AccessToken Token, RechargeShape Shape, JsonObject Body)
{
    /// <summary>The id in the path. What is no number cannot be found.</summary>
    public long Id => long.TryParse(Request.RouteValues["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id
        : throw RechargeRefusal.NotFound();

    /// <summary>Related objects asked for. Only <c>include</c> counts; <c>includes</c> is ignored.</summary>
    public static string[] Includes(IReadOnlyDictionary<string, string> query) =>
        query.TryGetValue("include", out var value) ? value.Split(',', StringSplitOptions.TrimEntries) : [];
}
