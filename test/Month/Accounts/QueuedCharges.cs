namespace RechargeGrains.Month;

/// <summary>When which charges were queued in the store, from the charges at the beginning and the journal since then.</summary>
internal sealed class QueuedCharges
{
    private readonly Dictionary<(long Customer, long Address, DateOnly On), List<Span>> _spans = [];
    private readonly Dictionary<long, ((long Customer, long Address, DateOnly On) Key, DateTimeOffset From)> _open = [];

    /// <param name="atFirst">Charges when the connection was made.</param>
    /// <param name="since">When that was.</param>
    /// <param name="entries">What happened from then on.</param>
    /// <param name="until">The end of the books.</param>
    public QueuedCharges(IEnumerable<Charge> atFirst, DateTimeOffset since, IEnumerable<JournalEntry> entries, DateTimeOffset until)
    {
        foreach (var charge in atFirst.Where(charge => charge.Status == ChargeStatus.Queued))
            _open[charge.Id] = ((charge.CustomerId, charge.AddressId, charge.ScheduledOn), since);
        foreach (var entry in entries)
        {
            if (entry is { Kind: JournalKind.ChargeQueued, ChargeId: { } queued, AddressId: { } address, ChargeOn: { } on })
                _open[queued] = ((entry.CustomerId, address, on), entry.At);
            else if (entry is { Kind: JournalKind.ChargeRemoved or JournalKind.ChargeSkipped or JournalKind.ChargeProcessed, ChargeId: { } gone })
                Close(gone, entry.At);
        }

        foreach (var charge in _open.Keys.ToList())
            Close(charge, until);
    }

    public IEnumerable<QueuedCharge> All => _spans.Select(pair => new QueuedCharge(pair.Key.Customer, pair.Key.Address, pair.Key.On, pair.Value));

    private void Close(long charge, DateTimeOffset at)
    {
        if (!_open.Remove(charge, out var open))
            return;
        if (!_spans.TryGetValue(open.Key, out var spans))
            _spans[open.Key] = spans = [];
        // A rebuild takes a charge away and puts it back within a second: for whoever reads it has been there all the time.
        if (spans.Count > 0 && spans[^1].To == open.From)
            spans[^1] = spans[^1] with { To = at };
        else
            spans.Add(new Span(open.From, at));
    }
}
