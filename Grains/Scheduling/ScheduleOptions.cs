namespace RechargeGrains.Grains.Scheduling;

/// <summary>Settings under <c>Schedule</c>.</summary>
public sealed class ScheduleOptions
{
    public const string Section = "Schedule";

    /// <summary>When the daily sync starts, as <c>HH:MM</c> in UTC. Default 06:00, the hour that retailers are promised.</summary>
    public string DailySyncUtc { get; set; } = "06:00";

    /// <summary>How many days ahead a charge is announced, unless a connection says otherwise. Default 7.</summary>
    public int UpcomingChargeDays { get; set; } = 7;

    /// <summary>How often queued charges are read. Default one hour.</summary>
    public TimeSpan UpcomingChargeEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often the webhooks that are registered at Recharge are looked at. Default five minutes.</summary>
    public TimeSpan WebhookCheckEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often changed customers and subscriptions are compared with what is known. Default one hour.</summary>
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How often Ometria's list of errors is read (<c>GET /push/_errors</c>). Default five minutes.</summary>
    public TimeSpan ErrorPollEvery { get; set; } = TimeSpan.FromMinutes(5);
}
