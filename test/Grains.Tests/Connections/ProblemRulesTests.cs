using RechargeGrains.Accounts;
using RechargeGrains.Connections;
using RechargeGrains.Contacts;
using RechargeGrains.Grains.Connections;
using RechargeGrains.Imports;
using RechargeGrains.Outbox;
using RechargeGrains.Reconciliation;
using RechargeGrains.Tenants;

namespace RechargeGrains.Grains.Tests.Connections;

public sealed class ProblemRulesTests
{
    private static readonly DateTimeOffset Since = Given.Start.AddHours(-1);

    private static readonly ProblemRules.View Healthy = new()
    {
        Import = new ImportStatus { State = ImportState.Finished },
        Events = new OutboxStatus { Sent = 7 },
        Charges = new UpcomingChargesStatus(),
        SetAside = new SetAsideSummary(0, null, null),
        Contacts = new ContactBookStatus(),
        Recharge = new AccountStatus { HasClientSecret = true },
        Ometria = new AccountStatus(),
        Drift = new ReconciliationStatus(),
        IsEnabled = true,
        Now = Given.Start,
    };

    [Fact]
    public void A_healthy_connection_has_no_problem()
    {
        Assert.Empty(ProblemRules.Find(Healthy));
        Assert.False(ProblemRules.NeedsAttention(Healthy));
    }

    [Fact]
    public void All_codes_are_listed_and_each_can_be_found()
    {
        var refused = new AccountStatus { RefusedSince = Since };
        var worst = Healthy with
        {
            IsEnabled = false,
            Ometria = refused,
            Recharge = refused,
            LastBadSignatureAt = Given.Start,
            LastOverQuotaAt = Given.Start,
            RegistrationFailure = "Recharge answered 403.",
            Restored = new WebhooksRestored(1, Given.Start, Since),
            Drift = new ReconciliationStatus { Failure = "Recharge answered 500." },
            Import = new ImportStatus { Failure = "Recharge answered 500." },
            CustomersNotRead = 1,
            Charges = new UpcomingChargesStatus { Failure = "Recharge answered 500." },
            Events = new OutboxStatus { Waiting = 1, Room = 0, DeadLettered = 1, Rejected = 1, PacedUntil = Given.Start, UnmatchedErrors = 1 },
            Contacts = new ContactBookStatus { Rejected = 1 },
            SetAside = new SetAsideSummary(1, Since, null),
        };
        var failing = Healthy with { Events = new OutboxStatus { FailingSince = Since, LastFailure = "Ometria answered 500." } };

        Assert.Equal(
            ProblemRules.Codes.Order(), ProblemRules.Find(worst).Concat(ProblemRules.Find(failing)).Select(problem => problem.Code).Order());
    }

    [Fact]
    public void A_quota_that_is_reached_is_told_as_what_it_is_and_once()
    {
        var quotas = new TenantQuotas { WebhooksPerSecond = 500, Backlog = 1_000 };
        var rate = Healthy with { OverQuota = 7, LastOverQuotaAt = Since.AddMinutes(1), Quotas = quotas };
        Assert.Contains("more than 500 a second: 7.", AssertOnly(rate, "quota_reached", Since.AddMinutes(1)).Message, StringComparison.Ordinal);
        Assert.Empty(ProblemRules.Find(rate with { LastOverQuotaAt = Since }));

        var full = rate with { Events = new OutboxStatus { Waiting = 1, TenantWaiting = 960, TenantRoom = 40 } };
        Assert.Contains("960, which is nearly all of the 1000 that may", AssertOnly(full, "quota_reached", Given.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_ometria_refuses_is_a_problem_that_a_person_has_to_solve()
    {
        var view = Healthy with { Ometria = new AccountStatus { RefusedSince = Since } };
        AssertOnly(view, "ometria_key_refused", Since);
        Assert.True(ProblemRules.NeedsAttention(view));
    }

    [Fact]
    public void While_the_key_is_refused_failing_deliveries_are_not_named_besides()
    {
        var events = new OutboxStatus { FailingSince = Since, LastFailure = "Ometria answered 401." };
        AssertOnly(Healthy with { Events = events, Ometria = new AccountStatus { RefusedSince = Since } }, "ometria_key_refused", Since);
        AssertOnly(Healthy with { Events = events }, "delivery_failing", Since);
    }

    [Fact]
    public void A_key_that_recharge_refuses_is_a_problem_that_a_person_has_to_solve()
    {
        var view = Healthy with { Recharge = new AccountStatus { RefusedSince = Since, HasClientSecret = true } };
        AssertOnly(view, "recharge_key_refused", Since);
        Assert.True(ProblemRules.NeedsAttention(view));
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public void Webhooks_that_were_gone_are_named_for_a_day(int hoursAgo, bool isShown)
    {
        var view = Healthy with { Restored = new WebhooksRestored(2, Given.Start.AddHours(-hoursAgo), Since) };
        if (isShown)
            AssertOnly(view, "webhooks_restored", Since);
        else
            Assert.Empty(ProblemRules.Find(view));
        Assert.False(ProblemRules.NeedsAttention(view));
    }

    [Fact]
    public void A_comparison_that_fails_is_named() => AssertOnly(
        Healthy with { Drift = new ReconciliationStatus { Failure = "Recharge answered 500.", FailingSince = Since } }, "reconciliation_held_up", Since);

    [Fact]
    public void What_staff_have_switched_off_is_named()
    {
        AssertOnly(Healthy with { IsEnabled = false }, "not_enabled", Given.Start);
        Assert.True(ProblemRules.NeedsAttention(Healthy with { IsEnabled = false }));
    }

    [Fact]
    public void What_is_tried_again_by_itself_is_named_with_its_reason_and_needs_no_attention()
    {
        var view = Healthy with
        {
            RegistrationFailure = "Recharge answered 500.",
            RegistrationFailingSince = Since,
            Import = new ImportStatus { Failure = "Recharge could not be reached.", FailingSince = Since },
            Charges = new UpcomingChargesStatus { Failure = "Recharge answered 503.", FailingSince = Since },
        };
        var problems = ProblemRules.Find(view);

        Assert.Equal(["webhooks_not_registered", "sync_held_up", "charges_not_read"], problems.Select(problem => problem.Code));
        Assert.All(problems, problem => Assert.Equal(Since, problem.Since));
        Assert.EndsWith("Recharge answered 500.", problems[0].Message, StringComparison.Ordinal);
        Assert.EndsWith("Recharge could not be reached.", problems[1].Message, StringComparison.Ordinal);
        Assert.EndsWith("Recharge answered 503.", problems[2].Message, StringComparison.Ordinal);
        Assert.False(ProblemRules.NeedsAttention(view));
    }

    [Fact]
    public void Dead_letters_and_bodies_set_aside_are_counted()
    {
        var view = Healthy with { Events = new OutboxStatus { DeadLettered = 3 }, SetAside = new SetAsideSummary(2, Since, "No subscription in it.") };
        var problems = ProblemRules.Find(view);

        Assert.Equal(["dead_letters", "set_aside"], problems.Select(problem => problem.Code));
        Assert.Contains(": 3.", problems[0].Message, StringComparison.Ordinal);
        Assert.Contains(": 2.", problems[1].Message, StringComparison.Ordinal);
        Assert.EndsWith("No subscription in it.", problems[1].Message, StringComparison.Ordinal);
        Assert.Equal(Since, problems[1].Since);
    }

    [Fact]
    public void Webhooks_without_a_client_secret_are_named() => AssertOnly(Healthy with { Recharge = new AccountStatus() }, "no_client_secret", Given.Start);

    private static Problem AssertOnly(ProblemRules.View view, string code, DateTimeOffset since)
    {
        var problem = Assert.Single(ProblemRules.Find(view));
        Assert.Equal((code, since), (problem.Code, problem.Since));
        Assert.NotEmpty(problem.Remedy);
        return problem;
    }
}
