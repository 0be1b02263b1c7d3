namespace RechargeGrains.Sandbox;

/// <summary>
/// When a delivery is tried again. Recharge publishes 20 attempts in 48 hours and not the intervals between them;
/// these grow from half a minute to some hours.
/// </summary>
internal sealed class RetrySchedule(SandboxOptions options)
{
    public int Attempts => Math.Max(1, options.WebhookAttempts);

    /// <summary>Time of a retry, counted from 1, after the first attempt.</summary>
    public TimeSpan After(int retry)
    {
        var share = Math.Pow((double)retry / Math.Max(1, Attempts - 1), 3);
        return options.WebhookRetrySpan * options.WebhookRetryScale * share;
    }
}
