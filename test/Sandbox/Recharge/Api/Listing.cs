namespace RechargeGrains.Sandbox;

/// <summary>How one resource is listed: the filters and orders it knows. A parameter that it does not know is ignored.</summary>
internal sealed class Listing<T>
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 250;

    public required string Resource { get; init; }

    public required Func<T, long> Id { get; init; }

    public required IReadOnlyDictionary<string, Func<T, long>> Orders { get; init; }

    public required IReadOnlyDictionary<string, Func<string, string, Func<T, bool>>> Filters { get; init; }

    /// <summary>What is never shown, whatever is asked for.</summary>
    public Func<T, bool> Always { get; init; } = _ => true;

    /// <summary>Reads the parameters of a list call, or the cursor that stands for them.</summary>
    /// <exception cref="RechargeRefusal">A value is wrong, or something other than <c>limit</c> stands beside a cursor.</exception>
    public (PageRequest<T> Request, Dictionary<string, string> Query, bool ByCursor) Parse(IQueryCollection given)
    {
        var limit = given.TryGetValue("limit", out var text) ? Limit(text.ToString()) : DefaultLimit;
        if (!given.TryGetValue("cursor", out var cursorText) || string.IsNullOrEmpty(cursorText))
        {
            var query = given.Where(pair => pair.Key is not ("limit" or "cursor"))
                .ToDictionary(pair => pair.Key, pair => pair.Value.LastOrDefault() ?? string.Empty);
            return (Request(query, limit), query, false);
        }

        if (given.Keys.FirstOrDefault(key => key is not ("limit" or "cursor")) is { } extra)
            throw RechargeRefusal.Field(extra, "Only limit may be given beside cursor.");
        var cursor = Cursor.Decode(Resource, cursorText.ToString());
        var request = Request(cursor.Query, limit) with { From = (cursor.LastValue, cursor.LastId), Backwards = cursor.Backwards };
        return (request, cursor.Query, true);
    }

    private static int Limit(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit
            ? limit
            : throw RechargeRefusal.Field("limit", "Must be greater than or equal to 1 and less than or equal to 250.");

    private PageRequest<T> Request(Dictionary<string, string> query, int limit)
    {
        var sortBy = query.GetValueOrDefault("sort_by", "id-desc");
        var (key, descending) = Order(sortBy);
        var filters = query.Where(pair => Filters.ContainsKey(pair.Key)).Select(pair => Filters[pair.Key](pair.Key, pair.Value)).ToArray();
        return new PageRequest<T>
        {
            Id = Id,
            Key = key,
            Descending = descending,
            ById = sortBy.StartsWith("id-", StringComparison.Ordinal),
            Limit = limit,
            Matches = row => Always(row) && Array.TrueForAll(filters, filter => filter(row)),
        };
    }

    private (Func<T, long> Key, bool Descending) Order(string sortBy)
    {
        var dash = sortBy.LastIndexOf('-');
        if (dash > 0 && sortBy[(dash + 1)..] is "asc" or "desc" && Orders.TryGetValue(sortBy[..dash], out var key))
            return (key, sortBy.EndsWith("-desc", StringComparison.Ordinal));
        throw RechargeRefusal.Field("sort_by", $"Must be one of: {string.Join(", ", Orders.Keys.Select(order => $"{order}-asc, {order}-desc"))}.");
    }
}
