namespace RechargeGrains.Month;

/// <summary>
/// Compares the charges that Ometria was told of with those that were queued in the store. An address and a date that was queued inside
/// the seven days long enough for an hourly reading to see it has to be told, one that never was must not be, and none twice.
/// </summary>
internal sealed class ChargeBooks
{
    /// <summary>Days ahead, the product's default.</summary>
    private const int Window = 7;

    /// <summary>A reading an hour after the one before always falls into it.</summary>
    private static readonly TimeSpan SeenFor = TimeSpan.FromHours(2);

    private readonly List<string> _faults = [];

    private ChargeBooks()
    {
    }

    /// <summary>Addresses and dates that had to be told.</summary>
    public int Due { get; private set; }

    /// <summary>Those that were there for so short a time that both is right.</summary>
    public int Brief { get; private set; }

    /// <summary>Addresses and dates that Ometria was told of, each counted once.</summary>
    public int Told { get; private set; }

    public int Lost { get; private set; }

    public int Doubled { get; private set; }

    /// <summary>Told, and never queued inside the window.</summary>
    public int Unknown { get; private set; }

    public IReadOnlyList<string> Faults => _faults;

    public bool Balance => Lost + Doubled + Unknown == 0;

    /// <param name="sandbox">Both services at the end.</param>
    /// <param name="queued">When which charges were queued.</param>
    /// <param name="blind">When nobody could read them.</param>
    public static ChargeBooks Of(SandboxHost sandbox, QueuedCharges queued, Span blind)
    {
        var books = new ChargeBooks();
        var zone = TimeZoneInfo.FindSystemTimeZoneById(sandbox.Options.TimeZone);
        var owners = OwnersOf(sandbox);
        var told = sandbox.Ometria.Events.Where(told => told.EventType == "upcoming_charge").ToLookup(
            told => (owners.GetValueOrDefault(told.IdentityEmail), DateOnly.ParseExact(told.Text("charge_date")!, "yyyy-MM-dd", CultureInfo.InvariantCulture)));
        // An event names no address, so those of one customer and date are compared as a whole.
        var seen = queued.All.Select(charge => (Key: (charge.CustomerId, charge.On), Spans: InWindow(charge, zone))).Where(charge => charge.Spans.Count > 0).ToLookup(charge => charge.Key, charge => charge.Spans);
        foreach (var key in seen.Select(group => group.Key).Union(told.Select(group => group.Key)).Order())
        {
            var may = seen[key].Count();
            var must = seen[key].Count(spans => spans.SelectMany(span => span.Without(blind)).Any(span => span.Length >= SeenFor));
            books.Count(key, must, may, [.. told[key].Select(event_ => event_.Id)]);
        }

        return books;
    }

    private void Count((long Customer, DateOnly On) key, int must, int may, IReadOnlyList<string> ids)
    {
        var distinct = ids.Distinct().Count();
        Due += must;
        Brief += may - must;
        Told += distinct;
        Lost += Note(must - distinct, $"of customer {key.Customer} on {key.On:yyyy-MM-dd} is missing");
        Doubled += Note(ids.Count - distinct, $"of customer {key.Customer} on {key.On:yyyy-MM-dd} was told again");
        Unknown += Note(distinct - may, $"of customer {key.Customer} on {key.On:yyyy-MM-dd} was told more often than it was queued in the window");
    }

    private int Note(int number, string what)
    {
        if (number <= 0)
            return 0;
        _faults.Add($"upcoming_charge {what}.");
        return number;
    }

    private static List<Span> InWindow(QueuedCharge charge, TimeZoneInfo zone)
    {
        var window = new Span(MidnightOf(charge.On.AddDays(-Window), zone), MidnightOf(charge.On.AddDays(1), zone));
        return [.. charge.Spans.Select(span => span.And(window)).Where(span => span.Length > TimeSpan.Zero)];
    }

    private static DateTimeOffset MidnightOf(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }

    /// <summary>Whose an e-mail address is or was; none is ever given to two.</summary>
    private static Dictionary<string, long> OwnersOf(SandboxHost sandbox)
    {
        var owners = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var customer in sandbox.Store.Customers)
            owners[customer.Email] = customer.Id;
        foreach (var entry in sandbox.Journal.Entries)
        {
            owners[entry.Email] = entry.CustomerId;
            if (entry is { Kind: JournalKind.EmailChanged, Detail: { } former })
                owners[former] = entry.CustomerId;
        }

        return owners;
    }
}
