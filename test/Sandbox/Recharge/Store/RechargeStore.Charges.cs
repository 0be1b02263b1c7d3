namespace RechargeGrains.Sandbox;

public sealed partial class RechargeStore
{
    /// <summary>Skips a queued charge: its subscriptions go on one interval later. Answers the skipped charge.</summary>
    public Charge SkipCharge(long chargeId)
    {
        lock (_gate)
        {
            var now = Now();
            var skipped = Settle(Queued(chargeId), ChargeStatus.Skipped, now);
            Note(JournalKind.ChargeSkipped, skipped, now);
            foreach (var subscription in PushOn(skipped))
                Raise("subscription/skipped", subscription);
            Raise("charge/updated", skipped);
            RebuildCharges(skipped.AddressId);
            return skipped;
        }
    }

    /// <summary>
    /// Moves the next queued charge of an address, and with it the date of its subscriptions, whose <c>updated_at</c>
    /// stays. On a date that has a charge already the two become one. Answers the charge of the new date.
    /// </summary>
    public Charge MoveCharge(long addressId, DateOnly newDate)
    {
        lock (_gate)
        {
            var moved = ListOf(_queuedOf, addressId).Select(id => _charges[id]).MinBy(charge => charge.ScheduledOn)
                ?? throw new StoreRuleException($"Address {addressId} has no queued charge.");
            foreach (var line in moved.Lines)
                Put(_subscriptions[line.SubscriptionId] with { NextChargeOn = newDate });
            RebuildCharges(addressId, moved.OriginallyOn);
            var charge = ListOf(_queuedOf, addressId).Select(id => _charges[id]).First(queued => queued.ScheduledOn == newDate);
            Note(JournalKind.ChargeMoved, charge, Now(), string.Create(CultureInfo.InvariantCulture, $"from {moved.ScheduledOn:yyyy-MM-dd}"));
            return charge;
        }
    }

    /// <summary>Takes the money of a queued charge and queues the next one. Answers the paid charge.</summary>
    public Charge ProcessCharge(long chargeId)
    {
        lock (_gate)
        {
            var now = Now();
            var paid = Settle(Queued(chargeId), ChargeStatus.Success, now) with { ProcessedAt = now };
            _charges[paid.Id] = paid;
            Note(JournalKind.ChargeProcessed, paid, now);
            TouchAfterPayment(paid.CustomerId, now);
            Raise("charge/paid", paid);
            PushOn(paid);
            RebuildCharges(paid.AddressId);
            return paid;
        }
    }

    /// <summary>
    /// What Recharge does every night: processes the charges due by today, then raises <c>charge/upcoming</c> for those
    /// that are as many days away as the store's notice setting says. The clock does not do it by itself.
    /// </summary>
    public void RunNight()
    {
        lock (_gate)
        {
            var today = Today;
            foreach (var due in _charges.Rows.Where(charge => charge.Status == ChargeStatus.Queued && charge.ScheduledOn <= today).ToArray())
                ProcessCharge(due.Id);
            var noticed = today.AddDays(_options.UpcomingChargeDays);
            foreach (var charge in _charges.Rows.Where(charge => charge.Status == ChargeStatus.Queued && charge.ScheduledOn == noticed).ToArray())
                Raise("charge/upcoming", charge);
        }
    }

    private Charge Queued(long id)
    {
        var charge = NeedCharge(id);
        return charge.Status == ChargeStatus.Queued ? charge : throw new StoreRuleException($"Charge {id} is not queued.");
    }

    private Charge Settle(Charge charge, ChargeStatus status, DateTimeOffset now)
    {
        var settled = charge with { Status = status, UpdatedAt = now };
        _charges[charge.Id] = settled;
        _queuedOf[charge.AddressId].Remove(charge.Id);
        return settled;
    }

    private List<Subscription> PushOn(Charge charge) =>
    [
        .. charge.Lines.Select(line => _subscriptions[line.SubscriptionId])
            .Select(subscription => Put(subscription with { NextChargeOn = subscription.Interval.After(charge.ScheduledOn) })),
    ];

    private void PayInCheckout(Subscription subscription, DateTimeOffset now)
    {
        var charge = new Charge
        {
            Id = ++_lastCharge,
            AddressId = subscription.AddressId,
            CustomerId = subscription.CustomerId,
            Status = ChargeStatus.Success,
            IsCheckout = true,
            ScheduledOn = Today,
            OriginallyOn = Today,
            Lines = [LineOf(subscription)],
            ProcessedAt = now,
            CreatedAt = now,
            UpdatedAt = now,
        };
        _charges[charge.Id] = charge;
        TouchAfterPayment(charge.CustomerId, now);
        Raise("charge/created", charge);
        Raise("charge/paid", charge);
    }

    private void TouchAfterPayment(long customerId, DateTimeOffset now)
    {
        var customer = _customers[customerId];
        Put(customer with { FirstChargeProcessedAt = customer.FirstChargeProcessedAt ?? now, UpdatedAt = now });
    }

    /// <summary>Makes the queued charges of an address what its active subscriptions ask for: one for each date.</summary>
    private void RebuildCharges(long addressId, DateOnly? originallyOn = null)
    {
        var now = Now();
        var wanted = ListOf(_subscriptionsOf, _addresses[addressId].CustomerId).Select(id => _subscriptions[id])
            .Where(subscription => subscription.AddressId == addressId && subscription.NextChargeOn is not null)
            .GroupBy(subscription => subscription.NextChargeOn!.Value)
            .ToDictionary(group => group.Key, group => group.Select(LineOf).ToArray());
        foreach (var charge in ListOf(_queuedOf, addressId).Select(id => _charges[id]).ToArray())
        {
            if (wanted.TryGetValue(charge.ScheduledOn, out var lines) && lines.SequenceEqual(charge.Lines))
            {
                wanted.Remove(charge.ScheduledOn);
                continue;
            }

            _charges.Remove(charge.Id);
            _queuedOf[addressId].Remove(charge.Id);
            Note(JournalKind.ChargeRemoved, charge, now);
            Raise("charge/deleted", charge);
        }

        foreach (var (date, lines) in wanted.OrderBy(pair => pair.Key))
        {
            var charge = Queue(addressId, date, lines, now, originallyOn);
            Note(JournalKind.ChargeQueued, charge, now);
            Raise("charge/created", charge);
        }
    }

    private Charge Queue(long addressId, DateOnly date, IReadOnlyList<ChargeLine> lines, DateTimeOffset now, DateOnly? originallyOn = null)
    {
        var charge = new Charge
        {
            Id = ++_lastCharge,
            AddressId = addressId,
            CustomerId = _addresses[addressId].CustomerId,
            Status = ChargeStatus.Queued,
            ScheduledOn = date,
            OriginallyOn = originallyOn ?? date,
            Lines = lines,
            CreatedAt = now,
            UpdatedAt = now,
        };
        _charges[charge.Id] = charge;
        AddTo(_queuedOf, addressId, charge.Id);
        return charge;
    }

    private static ChargeLine LineOf(Subscription subscription) =>
        new(subscription.Id, subscription.Variant, subscription.Quantity, subscription.Price);

    private void Note(JournalKind kind, Charge charge, DateTimeOffset at, string? detail = null) => _journal.Record(new JournalEntry
    {
        Kind = kind,
        At = at,
        CustomerId = charge.CustomerId,
        Email = _customers[charge.CustomerId].Email,
        AddressId = charge.AddressId,
        ChargeId = charge.Id,
        ChargeOn = charge.ScheduledOn,
        Detail = detail,
    });
}
