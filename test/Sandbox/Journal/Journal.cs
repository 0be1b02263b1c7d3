namespace RechargeGrains.Sandbox;

/// <summary>
/// Everything that was done in the store since the sandbox started, in order. The seeded past is not in it.
/// A test compares it with what Ometria accepted.
/// </summary>
public sealed class Journal
{
    private readonly AppendLog<JournalEntry> _entries = new();
    private readonly Signal _changed = new();
    private long _sequence;

    public IReadOnlyList<JournalEntry> Entries => _entries.Snapshot();

    public IReadOnlyList<JournalEntry> Of(JournalKind kind) => [.. Entries.Where(entry => entry.Kind == kind)];

    /// <summary>Completes when the entries satisfy <paramref name="until"/>.</summary>
    public Task<IReadOnlyList<JournalEntry>> WaitForAsync(
        Func<IReadOnlyList<JournalEntry>, bool> until, TimeSpan timeout, CancellationToken ct = default) =>
        _changed.WaitForAsync(
            () => Entries is var entries && until(entries) ? entries : null, timeout, () => $"{Entries.Count} journal entries", ct);

    internal void Record(JournalEntry entry)
    {
        _entries.Add(entry with { Sequence = Interlocked.Increment(ref _sequence) });
        _changed.Raise();
    }
}
