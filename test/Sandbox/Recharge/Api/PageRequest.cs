namespace RechargeGrains.Sandbox;

/// <summary>
/// One page by keyset: the rows after (or before) a position in an order, so rows added on top do not shift what follows.
/// </summary>
internal sealed record PageRequest<T>
{
    public required Func<T, long> Id { get; init; }

    public required Func<T, long> Key { get; init; }

    public required Func<T, bool> Matches { get; init; }

    public required bool Descending { get; init; }

    public required int Limit { get; init; }

    /// <summary>The last row already read; null for the first page.</summary>
    public (long Key, long Id)? From { get; init; }

    /// <summary>Reads the page that ends just before <see cref="From"/>.</summary>
    public bool Backwards { get; init; }

    public Page<T> Apply(IEnumerable<T> rows)
    {
        var sign = Descending != Backwards ? -1 : 1;
        var order = Comparer<(long, long)>.Create((a, b) => sign * a.CompareTo(b));
        // The worst of the best so far is on top; one row more than asked for tells whether there is another page.
        var best = new PriorityQueue<T, (long, long)>(Limit + 2, Comparer<(long, long)>.Create((a, b) => order.Compare(b, a)));
        foreach (var row in rows)
        {
            var position = (Key(row), Id(row));
            if ((From is { } from && order.Compare(position, from) <= 0) || !Matches(row))
                continue;
            if (best.Count <= Limit)
                best.Enqueue(row, position);
            else
                best.EnqueueDequeue(row, position);
        }

        var more = best.Count > Limit;
        if (more)
            best.Dequeue();
        var page = new T[best.Count];
        for (var i = page.Length - 1; i >= 0; i--)
            page[i] = best.Dequeue();
        if (Backwards)
            Array.Reverse(page);
        return new Page<T>(page, HasNext: Backwards || more, HasPrevious: Backwards ? more : From is not null);
    }
}
