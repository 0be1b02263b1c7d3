namespace RechargeGrains.Grains.Recharge.Client;

/// <summary>Body of <c>POST /webhooks</c>.</summary>
internal sealed class NewWebhook
{
    public required string Address { get; init; }

    public required string Topic { get; init; }

    /// <summary>Which version a delivery takes is not settled by the header alone, so the body says it too.</summary>
    public string Version { get; init; } = "2021-11";

    /// <summary>Saves a call for each delivery: a subscription carries no e-mail address.</summary>
    public IReadOnlyList<string>? IncludedObjects { get; init; }
}
