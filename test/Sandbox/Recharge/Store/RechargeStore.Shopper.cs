namespace RechargeGrains.Sandbox;

public sealed partial class RechargeStore
{
    /// <summary>Adds a customer with one address and no subscription.</summary>
    /// <exception cref="StoreRuleException">The e-mail address is taken.</exception>
    public Customer AddCustomer(string? email = null, string? firstName = null, string? lastName = null)
    {
        lock (_gate)
        {
            var (first, last) = People.Name(_random);
            first = firstName ?? first;
            last = lastName ?? last;
            var id = ++_lastCustomer;
            email ??= People.Email(first, last, id);
            EnsureFree(email);
            var customer = MakeCustomer(id, email, first, last, Now());
            MakeAddress(id, Now());
            Note(JournalKind.CustomerAdded, customer, customer.CreatedAt);
            Raise("customer/created", customer);
            return customer;
        }
    }

    /// <summary>A shopper subscribes; see <see cref="NewSubscription"/> for what is chosen when nothing is said.</summary>
    public Subscription CreateSubscription(long customerId, NewSubscription? details = null)
    {
        details ??= new NewSubscription();
        lock (_gate)
        {
            var customer = NeedCustomer(customerId);
            var now = Now();
            var address = details.ToNewAddress
                ? MakeAddress(customerId, now)
                : details.AddressId is { } given ? OwnAddress(customer, given) : _addresses[ListOf(_addressesOf, customerId)[0]];
            var variant = details.Variant ?? NewTo(address);
            var wasActive = CountsOf(customerId).Active > 0;
            var subscription = Put(new Subscription
            {
                Id = ++_lastSubscription,
                AddressId = address.Id,
                CustomerId = customerId,
                Status = SubscriptionStatus.Active,
                Variant = variant,
                Quantity = details.Quantity,
                Price = details.Price ?? variant.Price,
                Interval = details.Interval,
                NextChargeOn = details.NextChargeOn ?? details.Interval.After(Today),
                CreatedAt = now,
                UpdatedAt = now,
            });
            AddTo(_subscriptionsOf, customerId, subscription.Id);
            Note(JournalKind.SubscriptionCreated, subscription, now);
            Raise("subscription/created", subscription);
            if (details.NextChargeOn is null)
                PayInCheckout(subscription, now);
            RebuildCharges(address.Id);
            AfterCountChange(customerId, wasActive, now);
            return subscription;
        }
    }

    /// <summary>Cancels an active subscription: its date goes, its queued charges are rebuilt without it.</summary>
    public Subscription Cancel(long subscriptionId, string reason = "Too much coffee at home")
    {
        lock (_gate)
        {
            var now = Now();
            var cancelled = Put(Active(subscriptionId) with
            {
                Status = SubscriptionStatus.Cancelled,
                CancelledAt = now,
                CancellationReason = reason,
                NextChargeOn = null,
                UpdatedAt = now,
            });
            Note(JournalKind.SubscriptionCancelled, cancelled, now);
            Raise("subscription/cancelled", cancelled);
            RebuildCharges(cancelled.AddressId);
            AfterCountChange(cancelled.CustomerId, wasActive: true, now);
            return cancelled;
        }
    }

    /// <summary>Brings a cancelled subscription back under its old id; nothing of the cancellation stays on it.</summary>
    public Subscription Activate(long subscriptionId, DateOnly? nextChargeOn = null)
    {
        lock (_gate)
        {
            var subscription = NeedSubscription(subscriptionId);
            if (subscription.Status != SubscriptionStatus.Cancelled)
                throw new StoreRuleException($"Subscription {subscriptionId} is not cancelled.");
            var now = Now();
            var wasActive = CountsOf(subscription.CustomerId).Active > 0;
            var activated = Put(subscription with
            {
                Status = SubscriptionStatus.Active,
                CancelledAt = null,
                CancellationReason = null,
                NextChargeOn = nextChargeOn ?? subscription.Interval.After(Today),
                UpdatedAt = now,
            });
            Note(JournalKind.SubscriptionActivated, activated, now);
            Raise("subscription/activated", activated);
            RebuildCharges(activated.AddressId);
            AfterCountChange(activated.CustomerId, wasActive, now);
            return activated;
        }
    }

    public Subscription UpdateQuantity(long subscriptionId, int quantity) =>
        Update(subscriptionId, subscription => subscription with { Quantity = quantity });

    public Subscription UpdatePrice(long subscriptionId, decimal price) =>
        Update(subscriptionId, subscription => subscription with { Price = price });

    /// <summary>Changes how often it is charged. The charge already queued stays as it is.</summary>
    public Subscription UpdateInterval(long subscriptionId, Interval interval) =>
        Update(subscriptionId, subscription => subscription with { Interval = interval });

    /// <summary>Ends a subscription that had its last charge. No topic of its own exists: <c>subscription/updated</c> is raised.</summary>
    public Subscription ExpireSubscription(long subscriptionId)
    {
        lock (_gate)
        {
            var now = Now();
            var expired = Put(Active(subscriptionId) with { Status = SubscriptionStatus.Expired, NextChargeOn = null, UpdatedAt = now });
            Note(JournalKind.SubscriptionExpired, expired, now);
            Raise("subscription/updated", expired);
            RebuildCharges(expired.AddressId);
            AfterCountChange(expired.CustomerId, wasActive: true, now);
            return expired;
        }
    }

    /// <summary>Removes the row for good; it drops out of the customer's total. Answers what it was.</summary>
    public Subscription DeleteSubscription(long subscriptionId)
    {
        lock (_gate)
        {
            var now = Now();
            var deleted = NeedSubscription(subscriptionId);
            _subscriptions.Remove(subscriptionId);
            _subscriptionsOf[deleted.CustomerId].Remove(subscriptionId);
            Note(JournalKind.SubscriptionDeleted, deleted, now);
            Raise("subscription/deleted", deleted);
            RebuildCharges(deleted.AddressId);
            AfterCountChange(deleted.CustomerId, deleted.IsActive, now);
            return deleted;
        }
    }

    /// <summary>The same customer under another e-mail address, as the sync with the shop does it.</summary>
    /// <exception cref="StoreRuleException">The e-mail address is taken.</exception>
    public Customer ChangeEmail(long customerId, string email)
    {
        lock (_gate)
        {
            var customer = NeedCustomer(customerId);
            if (!string.Equals(customer.Email, email, StringComparison.OrdinalIgnoreCase))
                EnsureFree(email);
            _customerByEmail.Remove(customer.Email);
            var changed = Put(customer with { Email = email, UpdatedAt = Now() });
            _customerByEmail[email] = customerId;
            Note(JournalKind.EmailChanged, changed, changed.UpdatedAt, detail: customer.Email);
            Raise("customer/updated", changed);
            return changed;
        }
    }

    /// <summary>Removes a customer with everything that belongs to it. Answers what it was.</summary>
    public Customer DeleteCustomer(long customerId)
    {
        lock (_gate)
        {
            var customer = NeedCustomer(customerId);
            foreach (var subscription in ListOf(_subscriptionsOf, customerId).ToArray())
                DeleteSubscription(subscription);
            foreach (var charge in _charges.Rows.Where(charge => charge.CustomerId == customerId).ToArray())
                _charges.Remove(charge.Id);
            _customers.Remove(customerId);
            _customerByEmail.Remove(customer.Email);
            Note(JournalKind.CustomerDeleted, customer, Now());
            Raise("customer/deleted", customer);
            return customer;
        }
    }

    /// <summary>
    /// Makes two customers one: what the first has goes to the second, and the first is gone. No webhook of a subscription says so; the
    /// documentation is silent about it.
    /// </summary>
    public Customer MergeCustomers(long fromId, long intoId)
    {
        lock (_gate)
        {
            var (from, into) = (NeedCustomer(fromId), NeedCustomer(intoId));
            foreach (var address in ListOf(_addressesOf, fromId).ToArray())
            {
                _addresses[address] = _addresses[address] with { CustomerId = intoId };
                AddTo(_addressesOf, intoId, address);
            }

            foreach (var subscription in ListOf(_subscriptionsOf, fromId).ToArray())
            {
                Put(_subscriptions[subscription] with { CustomerId = intoId });
                AddTo(_subscriptionsOf, intoId, subscription);
            }

            foreach (var charge in _charges.Rows.Where(charge => charge.CustomerId == fromId).ToArray())
                _charges[charge.Id] = charge with { CustomerId = intoId };
            _addressesOf.Remove(fromId);
            _subscriptionsOf.Remove(fromId);
            _customers.Remove(fromId);
            _customerByEmail.Remove(from.Email);
            Note(JournalKind.CustomerDeleted, from, Now(), "merged");
            Raise("customer/deleted", from);
            return Put(into with { UpdatedAt = Now() });
        }
    }

    private Subscription Update(long subscriptionId, Func<Subscription, Subscription> change)
    {
        lock (_gate)
        {
            var updated = Put(change(NeedSubscription(subscriptionId)) with { UpdatedAt = Now() });
            Note(JournalKind.SubscriptionUpdated, updated, updated.UpdatedAt);
            Raise("subscription/updated", updated);
            RebuildCharges(updated.AddressId);
            return updated;
        }
    }

    private Subscription Active(long id)
    {
        var subscription = NeedSubscription(id);
        return subscription.IsActive ? subscription : throw new StoreRuleException($"Subscription {id} is not active.");
    }

    private Address OwnAddress(Customer customer, long id) =>
        _addresses.TryGetValue(id, out var address) && address.CustomerId == customer.Id
            ? address
            : throw new StoreRuleException($"Customer {customer.Id} has no address {id}.");

    private Variant NewTo(Address address)
    {
        var received = ListOf(_subscriptionsOf, address.CustomerId).Select(id => _subscriptions[id])
            .Where(subscription => subscription.AddressId == address.Id)
            .Select(subscription => subscription.Variant.ProductId)
            .ToHashSet();
        var free = Catalog.Variants.Where(variant => !received.Contains(variant.ProductId)).ToArray();
        return free.Length > 0 ? free[_random.Next(free.Length)] : Catalog.Variants[_random.Next(Catalog.Variants.Count)];
    }

    private void EnsureFree(string email)
    {
        if (_customerByEmail.ContainsKey(email))
            throw new StoreRuleException("email already exists on store");
    }

    /// <summary>What follows for the customer once the first active subscription came or the last one went.</summary>
    private void AfterCountChange(long customerId, bool wasActive, DateTimeOffset now)
    {
        if (_options.CountsTouchCustomer)
            Put(_customers[customerId] with { UpdatedAt = now });
        var isActive = CountsOf(customerId).Active > 0;
        if (isActive != wasActive)
            Raise(isActive ? "customer/activated" : "customer/deactivated", _customers[customerId]);
    }

    private Customer Put(Customer customer) => _customers[customer.Id] = customer;

    private Subscription Put(Subscription subscription) => _subscriptions[subscription.Id] = subscription;

    private void Note(JournalKind kind, Customer customer, DateTimeOffset at, string? detail = null) => _journal.Record(new JournalEntry
    {
        Kind = kind,
        At = at,
        CustomerId = customer.Id,
        Email = customer.Email,
        Detail = detail,
    });

    private void Note(JournalKind kind, Subscription subscription, DateTimeOffset at) => _journal.Record(new JournalEntry
    {
        Kind = kind,
        At = at,
        CustomerId = subscription.CustomerId,
        Email = _customers[subscription.CustomerId].Email,
        SubscriptionId = subscription.Id,
        AddressId = subscription.AddressId,
        ChargeOn = subscription.NextChargeOn,
        Detail = subscription.CancellationReason,
    });
}
