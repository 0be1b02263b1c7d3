namespace RechargeGrains.Month;

/// <summary>
/// Compares the contacts at Ometria with the store, morning after morning. What a contact has to show is reckoned from the store alone:
/// active subscriptions, and all that its customer ever had, deleted ones too; without an active one both are 0.
/// </summary>
internal sealed class ContactBooks
{
    private readonly SandboxHost _sandbox;
    private readonly Dictionary<long, int> _everHad;
    private readonly List<Morning> _mornings = [];
    private int _read;

    public ContactBooks(SandboxHost sandbox)
    {
        _sandbox = sandbox;
        _everHad = sandbox.Store.Customers.ToDictionary(customer => customer.Id, customer => sandbox.Store.CountsOf(customer.Id).Total);
        _read = sandbox.Journal.Entries.Count;
    }

    public IReadOnlyList<Morning> Mornings => _mornings;

    /// <summary>Compares all contacts with the store as it is now.</summary>
    /// <param name="of">The instant whose numbers these are.</param>
    public Morning Check(DateTimeOffset of)
    {
        var entries = _sandbox.Journal.Entries;
        foreach (var entry in entries.Skip(_read).Where(entry => entry.Kind == JournalKind.SubscriptionCreated))
            _everHad[entry.CustomerId] = _everHad.GetValueOrDefault(entry.CustomerId) + 1;
        _read = entries.Count;

        var faults = new List<string>();
        var right = 0;
        var customers = _sandbox.Store.Customers;
        foreach (var customer in customers)
        {
            if (FaultOf(customer) is { } fault)
                faults.Add($"{of:yyyy-MM-dd HH:mm} {fault}{LastOf(customer.Id, entries)}");
            else
                right++;
        }

        var known = customers.Select(customer => customer.Id.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        // Whoever is no customer any more has no subscription.
        faults.AddRange(_sandbox.Ometria.Contacts.Where(contact => !known.Contains(contact.Id) && (contact.TotalSubscriptions, contact.ActiveSubscriptions) is not (0, 0))
            .Select(contact => $"{of:yyyy-MM-dd HH:mm} Contact {contact.Id} is of no customer and shows {contact.TotalSubscriptions}/{contact.ActiveSubscriptions}."));
        // Whoever has another address now must not go on as a subscriber under the one before.
        var addresses = customers.Select(customer => customer.Email).ToHashSet(StringComparer.OrdinalIgnoreCase);
        faults.AddRange(_sandbox.Ometria.Profiles.Where(profile => !addresses.Contains(profile.Key) && profile.Value != default)
            .Select(profile => $"{of:yyyy-MM-dd HH:mm} A former address still shows {profile.Value.Total}/{profile.Value.Active}."));
        var morning = new Morning(of, customers.Count, right, faults);
        _mornings.Add(morning);
        return morning;
    }

    private static string LastOf(long customer, IReadOnlyList<JournalEntry> entries) =>
        entries.LastOrDefault(entry => entry.CustomerId == customer) is { } last ? $" Last was {last.Kind} at {last.At:yyyy-MM-dd HH:mm:ss}." : "";

    private string? FaultOf(Customer customer)
    {
        if (_sandbox.Ometria.FindContact(customer.Id.ToString(CultureInfo.InvariantCulture)) is not { } contact)
            return $"Customer {customer.Id} is missing among Ometria's contacts.";
        var active = _sandbox.Store.CountsOf(customer.Id).Active;
        var total = active == 0 ? 0 : _everHad.GetValueOrDefault(customer.Id);
        if (contact.TotalSubscriptions != total || contact.ActiveSubscriptions != active)
            return $"Contact {contact.Id} shows {contact.TotalSubscriptions}/{contact.ActiveSubscriptions}; the store has {total}/{active}.";
        return string.Equals(contact.Email, customer.Email, StringComparison.OrdinalIgnoreCase) ? null : $"Contact {contact.Id} has a former e-mail address.";
    }
}
