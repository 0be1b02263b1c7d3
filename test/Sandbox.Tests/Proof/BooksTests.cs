using System.Text.Json;

namespace RechargeGrains.Sandbox.Tests;

/// <summary>Plants every fault that the books are there to find, and everything that only looks like one.</summary>
public sealed class BooksTests
{
    private const long Customer = 7;

    private static readonly DateTimeOffset Start = new(2026, 3, 9, 14, 0, 0, TimeSpan.Zero);

    private readonly List<JournalEntry> _happened = [];
    private readonly List<AcceptedEvent> _accepted = [];
    private readonly List<RefusedEvent> _refused = [];
    private readonly List<PushLogEntry> _pushes = [];
    private readonly List<Interruption> _interruptions = [];
    private readonly Dictionary<WebhookFact, WebhookMoment> _moments = [];

    [Fact]
    public void What_happened_and_was_accepted_once_balances()
    {
        Accept(Happens(EventFact.Created, 1));
        Accept(Happens(EventFact.Cancelled, 1));
        Accept(Happens(EventFact.Activated, 1));

        var books = Make();

        Assert.True(books.Balance);
        Assert.Empty(books.Findings);
        Assert.Contains(new BooksLine(EventFact.Cancelled, 1, 1, 0, 0, 0), books.Lines);
    }

    [Fact]
    public void A_lost_event_is_found_and_one_rejected_on_purpose_is_none()
    {
        Happens(EventFact.Created, 1);
        var rejected = Happens(EventFact.Created, 2);
        _refused.Add(new RefusedEvent("2", rejected.Type, rejected.SubscriptionId, rejected.At));

        var books = Make();

        Assert.False(books.Balance);
        Assert.Equal(new BooksLine(EventFact.Created, 2, 0, 1, 1, 0), books.Lines[0]);
        Assert.Equal("subscription_created of 1 at 14:00:00 is missing at Ometria.", Assert.Single(books.Findings));
    }

    [Fact]
    public void An_event_that_never_happened_is_found()
    {
        Accept(new EventFact(EventFact.Created, 1, Start));

        var books = Make();

        Assert.Equal((false, 1), (books.Balance, books.Unknown));
    }

    [Fact]
    public void A_doubled_event_is_found()
    {
        var fact = Happens(EventFact.Created, 1);
        Accept(fact);
        Accept(fact);

        var books = Make();

        Assert.Equal((false, 1, 1, 0), (books.Balance, books.Doubled, books.AcceptedAgain, books.Explained));
    }

    [Theory]
    [InlineData(PushAnswer.Lost)]
    [InlineData(PushAnswer.UnderWay)]
    public void A_lost_answer_excuses_one_repetition_and_no_other(PushAnswer answer)
    {
        var fact = Happens(EventFact.Created, 1);
        Accept(fact, answer);
        Accept(fact);
        Assert.True(Make().Balance);

        Accept(fact);
        var books = Make();

        Assert.Equal((false, 1, 2, 1), (books.Balance, books.Doubled, books.AcceptedAgain, books.Explained));
    }

    [Fact]
    public void A_lost_answer_does_not_excuse_the_same_under_another_id_or_in_the_same_push()
    {
        var fact = Happens(EventFact.Created, 1);
        Accept(fact, PushAnswer.Lost);
        Accept(fact, id: "another");
        var twice = Happens(EventFact.Created, 2);
        Accept(twice, PushAnswer.Lost);
        _accepted.Add(_accepted[^1] with { Sequence = _accepted.Count + 1 });

        Assert.Equal(2, Make().Doubled);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_kill_excuses_the_last_push_before_it_and_no_earlier_one(int pushesBetween, bool excused)
    {
        var fact = Happens(EventFact.Created, 1);
        Accept(fact);
        for (var i = 0; i < pushesBetween; i++)
            Accept(Happens(EventFact.Created, 10 + i));
        var killed = Start.AddSeconds(_pushes.Count);
        _interruptions.Add(new Interruption(killed, killed.AddMilliseconds(500), "kill"));
        _pushes.Add(Push("refused") with { Status = 503, RequestId = null });
        Accept(fact);

        Assert.Equal(excused, Make().Balance);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(null, true)]
    public void The_product_has_to_count_what_it_repeats(int? counted, bool balances)
    {
        var fact = Happens(EventFact.Created, 1);
        Accept(fact, PushAnswer.Lost);
        Accept(fact);

        Assert.Equal(balances, Make(repeated: counted).Balance);
    }

    [Fact]
    public void A_cancellation_before_its_creation_is_found()
    {
        var created = Happens(EventFact.Created, 1);
        Accept(Happens(EventFact.Cancelled, 1));
        Accept(created);

        var books = Make();
        Assert.Equal((false, 1), (books.Balance, books.OutOfOrder));
        Assert.Equal(
            "subscription_cancelled of 1 at 14:00:01 was accepted before subscription_created of 1 at 14:00:00, which had to come first.",
            Assert.Single(books.Findings));
    }

    [Theory]
    [InlineData(1, 2, 3, 4, 1)]
    [InlineData(1, 3, 2, 4, 0)]
    public void Swapped_events_of_a_customer_are_found_where_one_was_answered_before_the_other_was_raised(
        int firstRaised, int firstAnswered, int secondRaised, int secondAnswered, int swapped)
    {
        var first = Happens(EventFact.Created, 1, new WebhookMoment(firstRaised, firstAnswered));
        Accept(Happens(EventFact.Created, 2, new WebhookMoment(secondRaised, secondAnswered)));
        Accept(first);

        Assert.Equal(swapped, Make().OutOfOrder);
    }

    [Fact]
    public void What_was_refused_in_time_may_be_accepted_late()
    {
        var created = Happens(EventFact.Created, 1, new WebhookMoment(1, 2));
        _refused.Add(new RefusedEvent("1", created.Type, created.SubscriptionId, created.At));
        Accept(Happens(EventFact.Cancelled, 1, new WebhookMoment(3, 4)));
        Accept(created);

        Assert.True(Make().Balance);
    }

    [Fact]
    public void Customers_do_not_wait_for_each_other()
    {
        var first = Happens(EventFact.Created, 1, new WebhookMoment(1, 2));
        Accept(Happens(EventFact.Created, 2, new WebhookMoment(3, 4), customer: Customer + 1));
        Accept(first);

        Assert.True(Make().Balance);
    }

    [Fact]
    public void An_activation_may_wait_for_the_cancellation_that_it_overtook()
    {
        var cancelled = Happens(EventFact.Cancelled, 1, new WebhookMoment(1, 6));
        var activated = Happens(EventFact.Activated, 1, new WebhookMoment(2, 3));
        Accept(Happens(EventFact.Created, 2, new WebhookMoment(4, 5)));
        Accept(cancelled);
        Accept(activated);

        Assert.True(Make().Balance);
    }

    [Fact]
    public void The_first_acceptance_decides_the_order()
    {
        var first = Happens(EventFact.Created, 1, new WebhookMoment(1, 2));
        Accept(first, PushAnswer.Lost);
        Accept(Happens(EventFact.Created, 2, new WebhookMoment(3, 4)));
        Accept(first);

        Assert.Equal(0, Make().OutOfOrder);
    }

    [Fact]
    public void Wrong_counts_are_found()
    {
        var books = Books.Of(new BookEntries { Happened = [], Accepted = [], WrongCounts = ["Contact 7 shows 1/1; the store has 0/0."] });

        Assert.Equal((false, 1), (books.Balance, books.WrongCounts));
        Assert.Single(books.Findings);
    }

    private EventFact Happens(string type, long subscription, WebhookMoment? moment = null, long customer = Customer)
    {
        var entry = new JournalEntry
        {
            Sequence = _happened.Count + 1,
            Kind = type switch
            {
                EventFact.Created => JournalKind.SubscriptionCreated,
                EventFact.Cancelled => JournalKind.SubscriptionCancelled,
                _ => JournalKind.SubscriptionActivated,
            },
            At = Start.AddSeconds(_happened.Count),
            CustomerId = customer,
            Email = "jo@example.test",
            SubscriptionId = subscription,
        };
        _happened.Add(entry);
        var fact = EventFact.Of(entry)!.Value;
        if (moment is { } known)
            _moments[fact.Webhook] = known;
        return fact;
    }

    /// <summary>A push of one record, a second after the one before.</summary>
    private void Accept(EventFact fact, PushAnswer answer = PushAnswer.Sent, string? id = null)
    {
        var push = Push($"request {_pushes.Count}");
        push.Answer = answer;
        _pushes.Add(push);
        var nothing = JsonDocument.Parse("{}").RootElement;
        _accepted.Add(new AcceptedEvent
        {
            Sequence = _accepted.Count + 1,
            Id = id ?? fact.ToString(),
            EventType = fact.Type,
            Timestamp = fact.At,
            IdentityEmail = "jo@example.test",
            SubscriptionId = fact.SubscriptionId,
            OccurredAt = fact.At,
            Properties = nothing,
            Record = nothing,
            RequestId = push.RequestId!,
            ReceivedAt = push.At,
            ContactKnown = true,
        });
    }

    private PushLogEntry Push(string requestId) => new(Start.AddSeconds(_pushes.Count), "custom_event", 1, 100, 202, 1, 0, requestId, null);

    private Books Make(long? repeated = null) => Books.Of(new BookEntries
    {
        Happened = _happened,
        Accepted = _accepted,
        Refused = _refused,
        Pushes = _pushes,
        Interruptions = _interruptions,
        MomentOf = fact => _moments.TryGetValue(fact, out var moment) ? moment : null,
        Repeated = repeated,
    });
}
