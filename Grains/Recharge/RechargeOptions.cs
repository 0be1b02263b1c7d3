namespace RechargeGrains.Grains.Recharge;

/// <summary>Settings under <c>Recharge</c>.</summary>
public sealed class RechargeOptions
{
    public const string Section = "Recharge";

    /// <summary>Where Recharge's Admin API is. Other than the default only for tests.</summary>
    public string BaseUrl { get; set; } = "https://api.rechargeapps.com";

    /// <summary>Calls a second for each key until Recharge's own gauge has told its size. Default 2, the documented rate.</summary>
    public double CallsPerSecond { get; set; } = 2;
}
