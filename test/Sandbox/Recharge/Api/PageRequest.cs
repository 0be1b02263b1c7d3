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

    /// <summary>True when rows are asked for in the order of their ids, so that reading can stop with the page.</summary>
    public bool ById { get; init; }

    public Page<T> Apply(IReadOnlyList<T> rowsById)
    {
        var falling = Descending != Backwards;
        // The worst of the best so far is on top; one row more than asked for tells whether there is another page.
        var best = new PriorityQueue<T, (long, long)>(Limit + 3, Comparer<(long, long)>.Create((a, b) => Compare(b, a)));
        // Read in the direction of the order: ids rise with time, so most rows that come later are worse and cost nothing.
        for (var i = 0; i < rowsById.Count && !(ById && best.Count > Limit); i++)
        {
            var row = rowsById[falling ? rowsById.Count - 1 - i : i];
            var position = (Key(row), Id(row));
            var full = best.Count > Limit;
            if ((From is { } from && Compare(position, from) <= 0)
                || (full && best.TryPeek(out _, out var worst) && Compare(position, worst) >= 0)
                || !Matches(row))
            {
                continue;
            }

            best.Enqueue(row, position);
            if (full)
                best.Dequeue();
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

        int Compare((long Key, long Id) a, (long Key, long Id) b)
        {
            var rising = a.Key != b.Key ? (a.Key < b.Key ? -1 : 1) : a.Id.CompareTo(b.Id);
            return falling ? -rising : rising;
        }
    }
}
