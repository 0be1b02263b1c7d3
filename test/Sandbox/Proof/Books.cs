namespace RechargeGrains.Sandbox;

/// <summary>
/// The books of a run in which much went wrong: what happened at Recharge against what Ometria accepted. Nothing may be lost, out of
/// order, invented or counted wrongly. Twice is allowed only where nobody could have known better: the answer to the first push was
/// lost, or the product was interrupted before it could note it.
/// </summary>
public sealed class Books
{
    private const int MostFindings = 200;

    private readonly List<string> _findings = [];
    private readonly Dictionary<EventFact, AcceptedEvent> _first = [];

    private Books()
    {
    }

    public IReadOnlyList<BooksLine> Lines { get; private set; } = [];

    public int Lost => Lines.Sum(line => line.Lost);

    /// <summary>Accepted, and never happened.</summary>
    public int Unknown => Lines.Sum(line => line.Unknown);

    /// <summary>Acceptances beyond the first one of an event.</summary>
    public int AcceptedAgain { get; private set; }

    /// <summary>Those of <see cref="AcceptedAgain"/> whose first answer was lost or could not be noted.</summary>
    public int Explained { get; private set; }

    /// <summary>Those of <see cref="AcceptedAgain"/> for which there is no excuse.</summary>
    public int Doubled => AcceptedAgain - Explained;

    /// <summary>What the product itself says it sent again; null if it does not say.</summary>
    public long? Repeated { get; private set; }

    public int OutOfOrder { get; private set; }

    public int WrongCounts { get; private set; }

    /// <summary>Whether everything that has to be 0 is.</summary>
    public bool Balance => Lost + Unknown + Doubled + OutOfOrder + WrongCounts == 0 && !(AcceptedAgain > Repeated);

    /// <summary>What does not hold, in words; the first 200 of it.</summary>
    public IReadOnlyList<string> Findings => _findings;

    public static Books Of(BookEntries entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var books = new Books { Repeated = entries.Repeated };
        var happened = new Dictionary<EventFact, JournalEntry>();
        foreach (var entry in entries.Happened)
        {
            if (EventFact.Of(entry) is { } fact)
                happened.TryAdd(fact, entry);
        }

        var refused = entries.Refused.Select(EventFact.Of).ToHashSet();
        books.CountRepeats(entries);
        books.CompareTypes(happened, refused);
        books.CheckOrder(entries, happened, refused);
        books.WrongCounts = entries.WrongCounts.Count;
        books.Find(entries.WrongCounts);
        if (books.AcceptedAgain > books.Repeated)
            books.Find([$"{books.AcceptedAgain} acceptances were repetitions, and the product counted only {books.Repeated}."]);
        return books;
    }

    private void CountRepeats(BookEntries entries)
    {
        var excuses = new RepeatExcuses(entries.Pushes, entries.Interruptions);
        var last = new Dictionary<EventFact, AcceptedEvent>();
        foreach (var accepted in entries.Accepted)
        {
            var fact = EventFact.Of(accepted);
            if (_first.TryAdd(fact, accepted))
            {
                last[fact] = accepted;
                continue;
            }

            AcceptedAgain++;
            var before = last[fact];
            last[fact] = accepted;
            // Under another id Ometria has no way to tell that it is the same, so nothing excuses it.
            if (accepted.Id == before.Id && excuses.Explain(before, accepted))
                Explained++;
            else
                Find([$"{fact} was accepted again{(accepted.Id == before.Id ? "" : " under another id")}, and its first answer was not lost."]);
        }
    }

    private void CompareTypes(Dictionary<EventFact, JournalEntry> happened, HashSet<EventFact> refused)
    {
        var lines = EventFact.Types.ToDictionary(type => type, type => new BooksLine(type, 0, 0, 0, 0, 0));
        foreach (var fact in happened.Keys)
        {
            var line = lines[fact.Type];
            var accepted = _first.ContainsKey(fact);
            var rejected = !accepted && refused.Contains(fact);
            lines[fact.Type] = line with
            {
                Happened = line.Happened + 1,
                Accepted = line.Accepted + (accepted ? 1 : 0),
                Rejected = line.Rejected + (rejected ? 1 : 0),
                Lost = line.Lost + (accepted || rejected ? 0 : 1),
            };
            if (!accepted && !rejected)
                Find([$"{fact} is missing at Ometria."]);
        }

        foreach (var fact in _first.Keys.Where(fact => !happened.ContainsKey(fact)))
        {
            var line = lines.GetValueOrDefault(fact.Type) ?? new BooksLine(fact.Type, 0, 0, 0, 0, 0);
            lines[fact.Type] = line with { Unknown = line.Unknown + 1 };
            Find([$"{fact} reached Ometria and never happened."]);
        }

        Lines = [.. lines.Values];
    }

    private void CheckOrder(BookEntries entries, Dictionary<EventFact, JournalEntry> happened, HashSet<EventFact> refused)
    {
        // One that was refused in time and accepted at a repetition has had its turn.
        var told = happened.Where(pair => _first.ContainsKey(pair.Key) && !refused.Contains(pair.Key))
            .Select(pair => new ToldEvent(pair.Key, pair.Value.CustomerId, pair.Value.Sequence, _first[pair.Key].Sequence, entries.MomentOf(pair.Key.Webhook)));
        foreach (var swapped in OrderCheck.FindSwapped(told))
        {
            OutOfOrder++;
            Find([swapped]);
        }
    }

    private void Find(IEnumerable<string> findings) => _findings.AddRange(findings.Take(MostFindings - _findings.Count));
}
