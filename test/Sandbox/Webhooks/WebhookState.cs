namespace RechargeGrains.Sandbox;

public enum WebhookState
{
    /// <summary>Not sent yet: queued, delayed or held.</summary>
    Waiting,

    /// <summary>Failed at least once, and to be tried again.</summary>
    Retrying,

    /// <summary>Counted as delivered, which includes most 4xx answers.</summary>
    Delivered,

    /// <summary>Failed as often as Recharge tries; the registration was deleted.</summary>
    GivenUp,

    /// <summary>Its registration is gone.</summary>
    Dropped,

    /// <summary>Lost on purpose, by <see cref="WebhookFaults.LoseEvery"/>.</summary>
    Lost,
}
