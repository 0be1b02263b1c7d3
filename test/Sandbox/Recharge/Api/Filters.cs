namespace RechargeGrains.Sandbox;

/// <summary>Collects the filters of a resource by name. A filter gets its name and text, and answers a test of rows.</summary>
internal sealed class Filters<T>
{
    private readonly Dictionary<string, Func<string, string, Func<T, bool>>> _all = [];

    public IReadOnlyDictionary<string, Func<string, string, Func<T, bool>>> All => _all;

    public Filters<T> Add(string name, Func<string, string, Func<T, bool>> filter)
    {
        _all[name] = filter;
        return this;
    }

    public Filters<T> Ids(string name, Func<T, long> read) => Add(name, (field, value) =>
    {
        var ids = QueryValue.Ids(field, value);
        return row => ids.Contains(read(row));
    });

    public Filters<T> Text(string name, Func<T, string?> read, StringComparison comparison = StringComparison.Ordinal) =>
        Add(name, (_, value) => row => string.Equals(read(row), value, comparison));

    public Filters<T> OneOf(string name, Func<T, string> read, IReadOnlyCollection<string> allowed) => Add(name, (field, value) =>
    {
        var values = QueryValue.OneOf(field, value, allowed);
        return row => values.Contains(read(row));
    });

    /// <summary>Adds <c>…_min</c> and <c>…_max</c>.</summary>
    public Filters<T> Instants(string name, Func<T, DateTimeOffset?> read) =>
        Add(name + "_min", Instant(read, (at, asked) => at >= asked))
        .Add(name + "_max", Instant(read, (at, asked) => at <= asked));

    public Filters<T> Instants(string name, Func<T, DateTimeOffset> read) => Instants(name, row => (DateTimeOffset?)read(row));

    /// <summary>Adds the exact date and <c>…_min</c> and <c>…_max</c>.</summary>
    public Filters<T> Dates(string name, Func<T, DateOnly> read) =>
        Add(name, Date(read, (date, asked) => date == asked))
        .Add(name + "_min", Date(read, (date, asked) => date >= asked))
        .Add(name + "_max", Date(read, (date, asked) => date <= asked));

    private static Func<string, string, Func<T, bool>> Instant(
        Func<T, DateTimeOffset?> read, Func<DateTimeOffset?, DateTimeOffset, bool> test) => (field, value) =>
    {
        var asked = QueryValue.Instant(field, value);
        return row => test(read(row), asked);
    };

    private static Func<string, string, Func<T, bool>> Date(Func<T, DateOnly> read, Func<DateOnly, DateOnly, bool> test) => (field, value) =>
    {
        var asked = QueryValue.Date(field, value);
        return row => test(read(row), asked);
    };
}
