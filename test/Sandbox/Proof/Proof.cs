namespace RechargeGrains.Sandbox;

/// <summary>
/// Compares what the sandbox's Recharge did with what its Ometria took: which events are missing, doubled, unknown or out of order,
/// and which contacts show other numbers than the store.
/// </summary>
public sealed class Proof
{
    private readonly List<string> _faults = [];
    private readonly List<ProofLine> _lines = [];

    private Proof()
    {
    }

    /// <summary>What does not hold, in words; empty when all is well.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>What was compared.</summary>
    public IReadOnlyList<ProofLine> Lines => _lines;

    /// <param name="sandbox">Both services.</param>
    /// <param name="since">Events at Recharge before this entry of the journal were not to be told.</param>
    /// <param name="startDate">Customers changed after it were to be imported.</param>
    /// <param name="upcomingUntil">Last day of the window in which queued charges were to be announced; null to leave them out.</param>
    public static Proof Of(SandboxHost sandbox, long since, DateTimeOffset startDate, DateOnly? upcomingUntil)
    {
        var proof = new Proof();
        var told = sandbox.Ometria.Events;
        proof.CompareEvents(sandbox, since, told);
        if (upcomingUntil is { } until)
            proof.CompareCharges(sandbox, told, until);
        proof.CompareContacts(sandbox, startDate);
        foreach (var (id, times) in sandbox.Ometria.Duplicates())
            proof._faults.Add($"Event {id} was accepted {times} times.");
        proof._faults.AddRange(sandbox.Ometria.Violations.Select(violation => $"Ometria's rule {violation.Rule} was broken by {violation.RecordId}."));
        return proof;
    }

    private void CompareEvents(SandboxHost sandbox, long since, IReadOnlyList<AcceptedEvent> told)
    {
        (JournalKind Kind, string Type)[] pairs =
        [
            (JournalKind.SubscriptionCreated, "subscription_created"),
            (JournalKind.SubscriptionCancelled, "subscription_cancelled"),
            (JournalKind.SubscriptionActivated, "subscription_activated"),
        ];
        var entries = sandbox.Journal.Entries.Where(entry => entry.Sequence > since).ToList();
        foreach (var (kind, type) in pairs)
        {
            var done = entries.Where(entry => entry.Kind == kind).Select(entry => Name(entry.SubscriptionId!.Value, entry.At)).ToList();
            var got = told.Where(event_ => event_.EventType == type).Select(event_ => Name(Number(event_.Text("subscription_id")), Instant(event_.Text("occurred_at")))).ToList();
            _lines.Add(new ProofLine(type, done.Count, got.Count));
            _faults.AddRange(Missing(done, got).Select(name => $"{type} of {name} is missing at Ometria."));
            _faults.AddRange(Missing(got, done).Select(name => $"{type} of {name} reached Ometria and never happened."));
        }

        CheckOrder(told);
    }

    private void CheckOrder(IReadOnlyList<AcceptedEvent> told)
    {
        foreach (var of in told.Where(event_ => event_.Text("subscription_id") is not null).GroupBy(event_ => event_.Text("subscription_id")))
        {
            var types = of.Select(event_ => event_.EventType).ToList();
            var created = types.IndexOf("subscription_created");
            var cancelled = types.IndexOf("subscription_cancelled");
            if (created >= 0 && cancelled >= 0 && cancelled < created)
                _faults.Add($"Subscription {of.Key} was told cancelled before created.");
        }
    }

    private void CompareCharges(SandboxHost sandbox, IReadOnlyList<AcceptedEvent> told, DateOnly until)
    {
        var today = sandbox.Store.Today;
        var due = sandbox.Store.Charges
            .Where(charge => charge.Status == ChargeStatus.Queued && charge.ScheduledOn >= today && charge.ScheduledOn <= until)
            .Select(charge => Name(charge.CustomerId, charge.ScheduledOn))
            .ToList();
        var got = told.Where(event_ => event_.EventType == "upcoming_charge")
            .Select(event_ => Name(sandbox.Store.FindCustomer(event_.IdentityEmail)?.Id ?? 0, DateOnly.ParseExact(event_.Text("charge_date")!, "yyyy-MM-dd", CultureInfo.InvariantCulture)))
            .ToList();
        _lines.Add(new ProofLine("upcoming_charge", due.Count, got.Count));
        _faults.AddRange(Missing(due, got).Select(name => $"upcoming_charge of customer {name} is missing at Ometria."));
    }

    private void CompareContacts(SandboxHost sandbox, DateTimeOffset startDate)
    {
        var check = ContactCheck.Of(sandbox, startDate);
        _faults.AddRange(check.Faults);
        _lines.Add(new ProofLine("contacts with the right numbers", check.Contacts, check.Right));
    }

    private static List<string> Missing(IEnumerable<string> wanted, IEnumerable<string> found)
    {
        var left = found.GroupBy(name => name).ToDictionary(group => group.Key, group => group.Count());
        var missing = new List<string>();
        foreach (var name in wanted)
        {
            if (left.GetValueOrDefault(name) > 0)
                left[name]--;
            else
                missing.Add(name);
        }

        return missing;
    }

    private static string Name(long id, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{id} at {at.ToUniversalTime():HH:mm:ss}");

    private static string Name(long id, DateOnly on) => string.Create(CultureInfo.InvariantCulture, $"{id} on {on:yyyy-MM-dd}");

    private static long Number(string? text) => long.Parse(text ?? "0", CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string? text) => DateTimeOffset.Parse(text ?? "", CultureInfo.InvariantCulture);
}
