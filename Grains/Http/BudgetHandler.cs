using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Http;

/// <summary>
/// Makes every attempt of a request, a retry too, wait for its budget. Sits inside the retry handler for that reason.
/// A request that names no budget passes.
/// </summary>
public sealed class BudgetHandler : DelegatingHandler
{
    public const string BudgetProperty = "rg.budget";
    public const string LaneProperty = "rg.lane";
    public const string PriorityProperty = "rg.priority";

    private static readonly HttpRequestOptionsKey<CallBudget> Budget = new(BudgetProperty);
    private static readonly HttpRequestOptionsKey<string> Lane = new(LaneProperty);
    private static readonly HttpRequestOptionsKey<CallPriority> Priority = new(PriorityProperty);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.Options.TryGetValue(Budget, out var budget))
            return await base.SendAsync(request, cancellationToken);

        request.Options.TryGetValue(Lane, out var lane);
        request.Options.TryGetValue(Priority, out var priority);
        await budget.AcquireAsync(lane ?? "", priority == CallPriority.BackFill, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        RateGauge.Apply(response, budget);
        return response;
    }
}
