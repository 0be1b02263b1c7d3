using CsCheck;
using RechargeGrains.Customers;

namespace RechargeGrains.Grains.Tests.Customers.Histories;

/// <summary>What happened to one subscription, oldest first. It starts with the creation.</summary>
internal sealed record SubscriptionLife(long Id, IReadOnlyList<Transition> Transitions)
{
    private enum Step
    {
        Update,
        CancelOrActivate,
        Expire,
        Delete,
    }

    public Transition Last => Transitions[^1];

    public SubscriptionStatus Status => StatusAt(Last);

    public IEnumerable<Transition> Events => Transitions.Where(transition => transition.EventId is not null);

    /// <summary>Up to twelve steps in gaps from none to six hours.</summary>
    public static Gen<SubscriptionLife> Random(long id) => Gen.Select(Gen.Int[0, 86_400], Steps.Array[0, 12], (start, steps) => Build(id, start, steps));

    /// <summary>Creation, then nothing but cancelled and activated in turn.</summary>
    public static SubscriptionLife Rounds(long id, int rounds, int secondsApart) =>
        Build(id, 0, [.. Enumerable.Repeat((Step.CancelOrActivate, secondsApart), rounds * 2)]);

    /// <summary>
    /// As <see cref="Rounds"/>, in up to six rounds and random gaps, none of them within one second, where nobody can know the order.
    /// </summary>
    public static Gen<SubscriptionLife> RandomRounds(long id) =>
        Gaps.Where(gap => gap > 0).Array[1, 12].Select(gaps => Build(id, 0, [.. gaps.Select(gap => (Step.CancelOrActivate, gap))]));

    /// <summary>As <see cref="RandomRounds"/>, with changes in between that move nothing but <c>updated_at</c>.</summary>
    public static Gen<SubscriptionLife> RandomTurns(long id) => Gen.Select(
        Gen.Frequency((1, Gen.Const(Step.Update)), (2, Gen.Const(Step.CancelOrActivate))), Gaps.Where(gap => gap > 0)).Array[1, 14].Select(steps => Build(id, 0, steps));

    /// <summary>What a reading at this moment finds, or null.</summary>
    public SubscriptionSnapshot? ReadAt(DateTimeOffset at)
    {
        var last = Transitions.LastOrDefault(transition => transition.At <= at);
        return last is null || last.Action == "deleted" ? null : last.Shown;
    }

    /// <summary>The cancellation that an activation undid.</summary>
    public Transition CancellationBefore(Transition activation) =>
        Transitions.TakeWhile(transition => transition != activation).Last(transition => transition.Action == "cancelled");

    public override string ToString() => $"{Id}: {string.Join(' ', Transitions)}";

    private static Gen<int> Gaps => Gen.Frequency((2, Gen.Const(0)), (2, Gen.Const(1)), (3, Gen.Int[2, 600]), (3, Gen.Int[600, 21_600]));

    private static Gen<(Step, int)> Steps => Gen.Select(
        Gen.Frequency((4, Gen.Const(Step.Update)), (8, Gen.Const(Step.CancelOrActivate)), (1, Gen.Const(Step.Expire)), (1, Gen.Const(Step.Delete))),
        Gaps);

    private static SubscriptionStatus StatusAt(Transition transition) =>
        transition.Action == "deleted" ? SubscriptionStatus.Deleted : transition.Shown.Status;

    private static SubscriptionLife Build(long id, int start, IReadOnlyList<(Step Step, int Gap)> steps)
    {
        var at = Given.Start.AddSeconds(start);
        var created = Given.Subscription with { Id = id, CreatedAt = at, UpdatedAt = at };
        List<Transition> life = [new("created", at, created, $"rc-77-{id}-created")];
        foreach (var (step, gap) in steps)
        {
            var (shown, status) = (life[^1].Shown, StatusAt(life[^1]));
            var action = step switch
            {
                Step.CancelOrActivate when status == SubscriptionStatus.Active => "cancelled",
                Step.CancelOrActivate when status == SubscriptionStatus.Cancelled => "activated",
                Step.Delete => "deleted",
                _ => "updated",
            };
            at = at.AddSeconds(gap);
            // Two of one kind within one second are one event; see the limits of these rules.
            while (action != "updated" && life.Any(other => other.Action == action && other.At == at))
                at = at.AddSeconds(1);
            var seconds = at.ToUnixTimeSeconds();
            life.Add(action switch
            {
                "cancelled" => new(action, at, Given.CancelledAt(at, "too much") with { Id = id, CreatedAt = shown.CreatedAt, Price = shown.Price }, $"rc-77-{id}-cancelled-{seconds}"),
                "activated" => new(action, at, Given.ActiveAt(at) with { Id = id, CreatedAt = shown.CreatedAt, Price = shown.Price }, $"rc-77-{id}-activated-{seconds}"),
                "deleted" => new(action, at, new SubscriptionSnapshot { Id = id, CustomerId = Given.CustomerId }, null),
                _ when step == Step.Expire && status == SubscriptionStatus.Active =>
                    new(action, at, shown with { UpdatedAt = at, Status = SubscriptionStatus.Expired, NextChargeDate = null }, null),
                _ => new(action, at, shown with { UpdatedAt = at, Price = life.Count }, null),
            });
            if (action == "deleted")
                break;
        }

        return new SubscriptionLife(id, life);
    }
}
