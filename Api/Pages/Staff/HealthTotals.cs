using RechargeGrains.Connections;

namespace RechargeGrains.Api.Pages.Staff;

/// <summary>All connections in a few numbers.</summary>
/// <param name="Connections">All of them.</param>
/// <param name="WithProblems">Those that ask for somebody.</param>
/// <param name="NotAnswering">Those that did not answer the last time.</param>
/// <param name="WaitingEvents">Events that are still to be sent.</param>
/// <param name="ByState">As last known.</param>
public sealed record HealthTotals(int Connections, int WithProblems, int NotAnswering, long WaitingEvents, IReadOnlyDictionary<ConnectionState, int> ByState)
{
    /// <summary>Counts them.</summary>
    public static HealthTotals Of(IReadOnlyCollection<ConnectionHealth> all) => new(
        all.Count,
        all.Count(HealthRules.HasProblem),
        all.Count(health => !health.Answers),
        all.Sum(health => health.Status?.Events.Waiting ?? 0),
        all.Where(health => health.Status is not null).CountBy(health => health.Status!.State).ToDictionary());

    /// <summary>How many are in this state.</summary>
    public int In(ConnectionState state) => ByState.GetValueOrDefault(state);
}
