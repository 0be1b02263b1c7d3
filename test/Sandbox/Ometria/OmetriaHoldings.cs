using System.Collections.Immutable;

namespace RechargeGrains.Sandbox;

/// <summary>Everything that one Ometria account holds, and how it came in. Lists handed out do not change.</summary>
public sealed partial class OmetriaHoldings
{
    private const int MostErrors = 100;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Collection, string Id), HeldContact> _contacts = [];
    private readonly Dictionary<string, HashSet<(string, string)>> _contactsByEmail = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SubscriptionCounts> _profiles = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _timesAccepted = new(StringComparer.Ordinal);
    private readonly AppendLog<AcceptedEvent> _events = new();
    private readonly AppendLog<PushLogEntry> _pushes = new();
    private readonly AppendLog<OmetriaViolation> _violations = new();
    private readonly AppendLog<RefusedEvent> _refused = new();
    private readonly Queue<PushError> _errors = new();
    private readonly Signal _changed = new();
    private readonly SandboxOptions _options;
    private readonly SandboxClock _clock;

    internal OmetriaHoldings(string name, SandboxOptions options, SandboxClock clock, TimeProvider rateTime)
    {
        Name = name;
        _options = options;
        _clock = clock;
        PushWindow = new SlidingWindow(rateTime, options.OmetriaPushesPerSecond, options.OmetriaRateTolerance);
        ReadWindow = new SlidingWindow(rateTime, options.OmetriaReadsPerSecond, options.OmetriaRateTolerance);
        Queue = options.OmetriaQueueLimit is { } limit ? new PushQueue(clock, limit, options.OmetriaQueueDrainPerSecond) : null;
    }

    public string Name { get; }

    /// <summary>All events in the order accepted; an id that came twice is there twice.</summary>
    public IReadOnlyList<AcceptedEvent> Events => _events.Snapshot();

    /// <summary>Events that were accepted, or that a fault kept from it, each counted once.</summary>
    public int DistinctEvents
    {
        get
        {
            lock (_gate)
                return _timesAccepted.Count;
        }
    }

    /// <summary>Events that <see cref="OmetriaFaults"/> kept from being taken, each as often as it was tried.</summary>
    public IReadOnlyList<RefusedEvent> Refused => _refused.Snapshot();

    public IReadOnlyList<HeldContact> Contacts
    {
        get
        {
            lock (_gate)
                return [.. _contacts.Values];
        }
    }

    /// <summary>The numbers that each address was told last, also those that no contact has any longer.</summary>
    public IReadOnlyDictionary<string, SubscriptionCounts> Profiles
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, SubscriptionCounts>(_profiles, StringComparer.OrdinalIgnoreCase);
        }
    }

    /// <summary>Every push, refused ones too.</summary>
    public IReadOnlyList<PushLogEntry> Pushes => _pushes.Snapshot();

    /// <summary>What no connector should ever send. A test asserts that it is empty.</summary>
    public IReadOnlyList<OmetriaViolation> Violations => _violations.Snapshot();

    /// <summary>The 100 newest validation errors.</summary>
    public IReadOnlyList<PushError> Errors
    {
        get
        {
            lock (_gate)
                return [.. _errors];
        }
    }

    /// <summary>Events that an automation would not act on: more than 4 hours old, or beyond 1,000 at one go.</summary>
    public IReadOnlyList<AcceptedEvent> EventsWithoutAutomation => AutomationRules.Ignored(Events);

    internal SlidingWindow PushWindow { get; }

    internal SlidingWindow ReadWindow { get; }

    internal PushQueue? Queue { get; }

    /// <summary>How often an event id was accepted. More than once is a duplicate that Ometria may act on twice.</summary>
    public int TimesAccepted(string eventId)
    {
        lock (_gate)
            return _timesAccepted.GetValueOrDefault(eventId);
    }

    /// <summary>Event ids accepted more than once, with how often.</summary>
    public IReadOnlyDictionary<string, int> Duplicates()
    {
        lock (_gate)
            return _timesAccepted.Where(pair => pair.Value > 1).ToDictionary();
    }

    public HeldContact? FindContact(string id, string collection = "recharge")
    {
        lock (_gate)
            return _contacts.GetValueOrDefault((collection, id));
    }

    public IReadOnlyList<HeldContact> ContactsOf(string email)
    {
        lock (_gate)
            return _contactsByEmail.TryGetValue(email, out var keys) ? [.. keys.Select(key => _contacts[key])] : [];
    }

    /// <summary>Completes with what <paramref name="probe"/> answers, once that is not null.</summary>
    /// <exception cref="TimeoutException">The message says what is held.</exception>
    public Task<T> WaitForAsync<T>(Func<OmetriaHoldings, T?> probe, TimeSpan timeout, CancellationToken ct = default)
        where T : class => _changed.WaitForAsync(() => probe(this), timeout, Describe, ct);

    /// <summary>Completes when the events satisfy <paramref name="until"/>.</summary>
    public Task<IReadOnlyList<AcceptedEvent>> WaitForEventsAsync(
        Func<IReadOnlyList<AcceptedEvent>, bool> until, TimeSpan timeout, CancellationToken ct = default) =>
        WaitForAsync(_ => Events is var events && until(events) ? events : null, timeout, ct);

    /// <summary>Completes when the contact is held and satisfies <paramref name="until"/>.</summary>
    public Task<HeldContact> WaitForContactAsync(
        string id, Func<HeldContact, bool>? until, TimeSpan timeout, string collection = "recharge", CancellationToken ct = default) =>
        WaitForAsync(_ => FindContact(id, collection) is { } contact && until?.Invoke(contact) != false ? contact : null, timeout, ct);

    /// <summary>Completes when the log of pushes satisfies <paramref name="until"/>.</summary>
    public Task<IReadOnlyList<PushLogEntry>> WaitForPushesAsync(
        Func<IReadOnlyList<PushLogEntry>, bool> until, TimeSpan timeout, CancellationToken ct = default) =>
        WaitForAsync(_ => Pushes is var pushes && until(pushes) ? pushes : null, timeout, ct);

    private string Describe()
    {
        var types = Events.GroupBy(held => held.EventType).Select(group => $"{group.Count()} {group.Key}");
        return $"{Contacts.Count} contacts, events: {string.Join(", ", types)}; {Pushes.Count} pushes, {Errors.Count} errors";
    }
}
