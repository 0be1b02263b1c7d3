namespace RechargeGrains.Sandbox;

/// <summary>Compares the numbers of Ometria's contacts with the store.</summary>
/// <param name="Contacts">Contacts that Ometria holds.</param>
/// <param name="Right">Those that show what the store has.</param>
/// <param name="Faults">What does not hold, in words.</param>
internal sealed record ContactCheck(int Contacts, int Right, IReadOnlyList<string> Faults)
{
    /// <summary>Every customer changed after <paramref name="startDate"/> has to be there.</summary>
    public static ContactCheck Of(SandboxHost sandbox, DateTimeOffset startDate)
    {
        var faults = new List<string>();
        foreach (var customer in sandbox.Store.Customers.Where(customer => customer.UpdatedAt > startDate))
        {
            if (sandbox.Ometria.FindContact(customer.Id.ToString(CultureInfo.InvariantCulture)) is null)
                faults.Add($"Customer {customer.Id} is missing among Ometria's contacts.");
        }

        var right = 0;
        var contacts = sandbox.Ometria.Contacts;
        foreach (var contact in contacts)
        {
            var counts = sandbox.Store.CountsOf(long.Parse(contact.Id, CultureInfo.InvariantCulture));
            var total = counts.Active == 0 ? 0 : counts.Total;
            if (contact.TotalSubscriptions == total && contact.ActiveSubscriptions == counts.Active)
                right++;
            else
                faults.Add($"Contact {contact.Id} shows {contact.TotalSubscriptions}/{contact.ActiveSubscriptions}; the store has {total}/{counts.Active}.");
        }

        // Whoever has another address now must not go on as a subscriber under the one before.
        var addresses = contacts.Select(contact => contact.Email).ToHashSet(StringComparer.OrdinalIgnoreCase);
        faults.AddRange(sandbox.Ometria.Profiles
            .Where(profile => !addresses.Contains(profile.Key) && profile.Value != default)
            .Select(profile => $"A former address still shows {profile.Value.Total}/{profile.Value.Active}."));
        return new ContactCheck(contacts.Count, right, faults);
    }
}
