using RechargeGrains.Api.Pages.Staff;
using RechargeGrains.Connections;
using RechargeGrains.Contacts;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;
using RechargeGrains.Reconciliation;

namespace RechargeGrains.Api.Tests.Pages.Staff;

/// <summary>What asks for somebody comes first.</summary>
public sealed class HealthRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Theory]
    [InlineData(ConnectionState.Active, null, nameof(HealthLevel.Fine))]
    [InlineData(ConnectionState.Importing, null, nameof(HealthLevel.Fine))]
    [InlineData(ConnectionState.Paused, null, nameof(HealthLevel.Paused))]
    [InlineData(ConnectionState.Paused, "backlog_full", nameof(HealthLevel.HeldUp))]
    [InlineData(ConnectionState.Active, "no_client_secret", nameof(HealthLevel.Noted))]
    [InlineData(ConnectionState.Active, "dead_letters", nameof(HealthLevel.Noted))]
    [InlineData(ConnectionState.Active, "delivery_failing", nameof(HealthLevel.HeldUp))]
    [InlineData(ConnectionState.Importing, "sync_held_up", nameof(HealthLevel.HeldUp))]
    [InlineData(ConnectionState.NeedsAttention, "ometria_key_refused", nameof(HealthLevel.Stopped))]
    [InlineData(ConnectionState.Disconnected, "dead_letters", nameof(HealthLevel.Disconnected))]
    public void The_level_is_what_keeps_it_from_its_work(ConnectionState state, string? problem, string level)
    {
        var health = Of("a", state, problem is null ? [] : [problem]);

        Assert.Equal(level, HealthRules.LevelOf(health).ToString());
        Assert.Equal(level is nameof(HealthLevel.Stopped) or nameof(HealthLevel.HeldUp) or nameof(HealthLevel.Noted), HealthRules.HasProblem(health));
        Assert.Equal(HealthLevel.Stopped, HealthRules.LevelOf(health with { Answers = false }));
    }

    [Fact]
    public void The_worst_comes_first_then_what_has_waited_longest_then_the_most_then_the_name()
    {
        var stopped = Of("stopped", ConnectionState.NeedsAttention, ["recharge_key_refused"]);
        var silent = Of("silent", ConnectionState.Active) with { Answers = false, Status = null };
        var longest = Of("longest", ConnectionState.Active, ["delivery_failing"], failing: Now.AddHours(-3));
        var shorter = Of("shorter", ConnectionState.Active, ["delivery_failing"], failing: Now.AddHours(-2), waiting: 900);
        var noted = Of("noted", ConnectionState.Active, ["no_client_secret"]);
        var busy = Of("busy", ConnectionState.Active, waiting: 5);
        var anna = Of("anna", ConnectionState.Active);
        var bert = Of("bert", ConnectionState.Active);
        var paused = Of("paused", ConnectionState.Paused);
        var gone = Of("gone", ConnectionState.Disconnected, ["dead_letters"]);

        var ranked = HealthRules.Rank([gone, paused, bert, anna, busy, noted, shorter, longest, silent, stopped]);

        Assert.Equal(
            ["silent", "stopped", "longest", "shorter", "noted", "busy", "anna", "bert", "paused", "gone"], ranked.Select(health => health.Key.TenantId));
    }

    [Fact]
    public void It_lags_since_the_earliest_of_what_waits_and_what_fails_and_not_once_it_is_disconnected()
    {
        var status = Of("a", ConnectionState.Active, failing: Now.AddHours(-2)).Status! with { Drift = new ReconciliationStatus { FailingSince = Now.AddHours(-1) } };

        Assert.Equal(Now.AddHours(-2), HealthRules.LaggingSince(status));
        Assert.Equal(Now.AddHours(-5), HealthRules.LaggingSince(status with { Events = status.Events with { OldestWaitingAt = Now.AddHours(-5) } }));
        Assert.Null(HealthRules.LaggingSince(status with { State = ConnectionState.Disconnected }));
        Assert.Null(HealthRules.LaggingSince(Of("b", ConnectionState.Active).Status!));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("ACME", true)]
    [InlineData("acme snow", true)]
    [InlineData("snow  con_1", true)]
    [InlineData("refuses", true)]
    [InlineData("acme fire", false)]
    public void Every_word_of_a_search_has_to_be_somewhere(string? text, bool found)
    {
        var health = Of("acme", ConnectionState.NeedsAttention, ["ometria_key_refused"]);

        Assert.Equal(found, HealthRules.Matches(health, text));
    }

    [Fact]
    public void Totals_count_states_problems_and_what_waits()
    {
        var totals = HealthTotals.Of(
        [
            Of("a", ConnectionState.Active, waiting: 3),
            Of("b", ConnectionState.Active, ["delivery_failing"], waiting: 4),
            Of("c", ConnectionState.Paused),
            Of("d", ConnectionState.Active) with { Answers = false, Status = null },
        ]);

        Assert.Equal((4, 2, 1, 7), (totals.Connections, totals.WithProblems, totals.NotAnswering, totals.WaitingEvents));
        Assert.Equal((2, 1, 0), (totals.In(ConnectionState.Active), totals.In(ConnectionState.Paused), totals.In(ConnectionState.Importing)));
    }

    [Theory]
    [InlineData(0, 0, "nothing")]
    [InlineData(1, 0, "1 event")]
    [InlineData(0, 2, "2 contacts")]
    [InlineData(1_200, 1, "1,200 events, 1 contact")]
    public void What_waits_is_said_in_few_words(long events, long contacts, string words)
    {
        var status = Of("a", ConnectionState.Active, waiting: events).Status! with { Contacts = new ContactBookStatus { Changed = contacts } };

        Assert.Equal(words, HealthWords.Waiting(status));
    }

    private static ConnectionHealth Of(string tenant, ConnectionState state, string[]? problems = null, DateTimeOffset? failing = null, long waiting = 0) => new()
    {
        Key = new ConnectionKey(tenant, "con_1"),
        Tenant = $"Tenant {tenant}",
        Store = "Snowboards",
        Answers = true,
        Status = new ConnectionStatus
        {
            ConnectionId = "con_1",
            State = state,
            Settings = new ConnectionSettings
            {
                OmetriaAccount = new AccountKey(tenant, "o"),
                RechargeAccount = new AccountKey(tenant, "r"),
                CustomersStartDate = Now,
                CustomEvents = [],
                UpcomingChargeDays = 7,
            },
            CreatedAt = Now,
            Import = new ImportStatus(),
            WebhooksRegistered = true,
            WebhookTopics = [],
            Events = new OutboxStatus { Waiting = waiting, FailingSince = failing },
            Contacts = new ContactBookStatus(),
            Problems = [.. (problems ?? []).Select(code => new Problem { Code = code, Message = "It refuses.", Since = Now, Remedy = "Do something." })],
            EffectiveEvents = [],
            Drift = new ReconciliationStatus(),
        },
    };
}
