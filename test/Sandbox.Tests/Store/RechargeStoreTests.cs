namespace RechargeGrains.Sandbox.Tests;

public sealed class RechargeStoreTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly April = new(2026, 4, 1);

    private readonly SandboxClock _clock = new(Start, speed: 0);
    private readonly Journal _journal = new();
    private readonly List<string> _topics = [];
    private readonly RechargeStore _store;
    private readonly Customer _customer;

    public RechargeStoreTests()
    {
        _store = new RechargeStore(new SandboxOptions { Customers = 0 }, _clock, _journal);
        _customer = _store.AddCustomer("jo@example.test");
        _store.Raised = raised => _topics.Add(raised.Topic);
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void Subscriptions_of_one_address_and_date_share_a_charge_and_a_rebuild_gives_it_a_new_id()
    {
        var first = Subscribe(April);
        var charge = Assert.Single(_store.QueuedChargesOf(_customer.Id));

        var second = Subscribe(April);

        var merged = Assert.Single(_store.QueuedChargesOf(_customer.Id));
        Assert.NotEqual(charge.Id, merged.Id);
        Assert.Equal([first.Id, second.Id], merged.Lines.Select(line => line.SubscriptionId));
        Assert.Equal(first.Price + second.Price + Charge.Shipping, merged.Total);
    }

    [Fact]
    public void Another_address_makes_another_charge()
    {
        Subscribe(April);
        _store.CreateSubscription(_customer.Id, new NewSubscription { NextChargeOn = April, ToNewAddress = true });

        Assert.Equal(2, _store.QueuedChargesOf(_customer.Id).Count);
    }

    [Fact]
    public void A_checkout_leaves_a_paid_charge_and_a_queued_one()
    {
        _store.CreateSubscription(_customer.Id);

        Assert.Equal([ChargeStatus.Success, ChargeStatus.Queued], _store.Charges.Select(charge => charge.Status));
        Assert.Equal(
            ["subscription/created", "charge/created", "charge/paid", "charge/created", "customer/activated"],
            _topics);
    }

    [Fact]
    public void Cancelling_the_last_one_raises_all_that_follows_from_it()
    {
        var subscription = Subscribe(April);
        _topics.Clear();
        _clock.Advance(TimeSpan.FromMinutes(5));

        var cancelled = _store.Cancel(subscription.Id, "Too expensive");

        Assert.Equal(["subscription/cancelled", "charge/deleted", "customer/deactivated"], _topics);
        Assert.Equal((SubscriptionStatus.Cancelled, Start.AddMinutes(5), null), (cancelled.Status, cancelled.CancelledAt!.Value, cancelled.NextChargeOn));
        Assert.Equal(new SubscriptionCounts(0, 1), _store.CountsOf(_customer.Id));
        Assert.Empty(_store.QueuedChargesOf(_customer.Id));
        Assert.Throws<StoreRuleException>(() => _store.Cancel(subscription.Id));
    }

    [Fact]
    public void Activating_brings_the_same_one_back_without_its_cancellation()
    {
        var subscription = Subscribe(April);
        _store.Cancel(subscription.Id);
        _topics.Clear();

        var activated = _store.Activate(subscription.Id);

        Assert.Equal(["subscription/activated", "charge/created", "customer/activated"], _topics);
        Assert.Equal((subscription.Id, true, null, null), (activated.Id, activated.IsActive, activated.CancelledAt, activated.CancellationReason));
        Assert.Equal(new DateOnly(2026, 4, 8), activated.NextChargeOn);
    }

    [Fact]
    public void Moving_a_charge_leaves_updated_at_of_the_subscription_alone()
    {
        var subscription = Subscribe(April);
        _topics.Clear();
        _clock.Advance(TimeSpan.FromHours(1));

        var moved = _store.MoveCharge(subscription.AddressId, April.AddDays(10));

        var after = _store.GetSubscription(subscription.Id);
        Assert.Equal((April.AddDays(10), subscription.UpdatedAt), (after.NextChargeOn!.Value, after.UpdatedAt));
        Assert.Equal((April.AddDays(10), April), (moved.ScheduledOn, moved.OriginallyOn));
        Assert.Equal(["charge/deleted", "charge/created"], _topics);
    }

    [Fact]
    public void Moving_a_charge_onto_another_one_merges_them()
    {
        var first = Subscribe(April);
        Subscribe(April.AddDays(10));

        _store.MoveCharge(first.AddressId, April.AddDays(10));

        Assert.Equal(2, Assert.Single(_store.QueuedChargesOf(_customer.Id)).Lines.Count);
    }

    [Fact]
    public void Skipping_goes_on_one_interval_later()
    {
        var subscription = Subscribe(April);
        _topics.Clear();

        var skipped = _store.SkipCharge(_store.QueuedChargesOf(_customer.Id)[0].Id);

        Assert.Equal(ChargeStatus.Skipped, skipped.Status);
        Assert.Equal(April.AddDays(30), Assert.Single(_store.QueuedChargesOf(_customer.Id)).ScheduledOn);
        Assert.Equal(subscription.UpdatedAt, _store.GetSubscription(subscription.Id).UpdatedAt);
        Assert.Equal(["subscription/skipped", "charge/updated", "charge/created"], _topics);
    }

    [Fact]
    public void A_quantity_rebuilds_the_charge_and_an_interval_does_not()
    {
        var subscription = Subscribe(April);
        _topics.Clear();

        _store.UpdateQuantity(subscription.Id, 3);
        _store.UpdateInterval(subscription.Id, Interval.Weeks(2));

        Assert.Equal(["subscription/updated", "charge/deleted", "charge/created", "subscription/updated"], _topics);
        Assert.Equal(3, _store.QueuedChargesOf(_customer.Id)[0].Lines[0].Quantity);
    }

    [Fact]
    public void Expiry_has_no_topic_of_its_own_and_deletion_leaves_the_total()
    {
        var expired = Subscribe(April);
        var deleted = Subscribe(April);
        _topics.Clear();

        _store.ExpireSubscription(expired.Id);
        _store.DeleteSubscription(deleted.Id);

        Assert.Contains("subscription/updated", _topics);
        Assert.Contains("subscription/deleted", _topics);
        Assert.Equal(new SubscriptionCounts(0, 1), _store.CountsOf(_customer.Id));
        Assert.Null(_store.GetSubscription(expired.Id).NextChargeOn);
    }

    [Fact]
    public void An_email_address_is_unique_in_the_store()
    {
        _store.AddCustomer("ada@example.test");

        Assert.Throws<StoreRuleException>(() => _store.AddCustomer("JO@example.test"));
        Assert.Throws<StoreRuleException>(() => _store.ChangeEmail(_customer.Id, "ada@example.test"));
        _clock.Advance(TimeSpan.FromSeconds(30));
        var changed = _store.ChangeEmail(_customer.Id, "jo.new@example.test");
        Assert.Equal((_customer.Id, Start.AddSeconds(30)), (changed.Id, changed.UpdatedAt));
        Assert.Null(_store.FindCustomer("jo@example.test"));
    }

    [Fact]
    public void A_night_processes_what_is_due_and_announces_what_is_three_days_away()
    {
        var due = _store.CreateSubscription(_customer.Id, new NewSubscription { NextChargeOn = _store.Today, Interval = Interval.Weeks(1) });
        Subscribe(_store.Today.AddDays(3));
        _topics.Clear();

        _store.RunNight();

        Assert.Equal(["charge/paid", "charge/created", "charge/upcoming"], _topics);
        Assert.Equal(_store.Today.AddDays(7), _store.GetSubscription(due.Id).NextChargeOn);
        Assert.Equal(due.UpdatedAt, _store.GetSubscription(due.Id).UpdatedAt);
    }

    [Fact]
    public void The_journal_tells_what_was_done_to_whom_and_when()
    {
        var subscription = Subscribe(April);
        _clock.Advance(TimeSpan.FromHours(1));
        _store.Cancel(subscription.Id);
        _clock.Advance(TimeSpan.FromHours(1));
        _store.Activate(subscription.Id, April);

        var facts = _journal.Entries.Where(entry => entry.SubscriptionId == subscription.Id).Select(entry => (entry.Kind, entry.At, entry.Email));

        Assert.Equal(
            [
                (JournalKind.SubscriptionCreated, Start, "jo@example.test"),
                (JournalKind.SubscriptionCancelled, Start.AddHours(1), "jo@example.test"),
                (JournalKind.SubscriptionActivated, Start.AddHours(2), "jo@example.test"),
            ],
            facts);
        Assert.Equal(Enumerable.Range(1, _journal.Entries.Count).Select(number => (long)number), _journal.Entries.Select(entry => entry.Sequence));
        Assert.Equal(2, _journal.Of(JournalKind.ChargeQueued).Count);
    }

    private Subscription Subscribe(DateOnly on) => _store.CreateSubscription(_customer.Id, new NewSubscription { NextChargeOn = on });
}
