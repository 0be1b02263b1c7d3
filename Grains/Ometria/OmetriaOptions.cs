namespace RechargeGrains.Grains.Ometria;

/// <summary>Settings under <c>Ometria</c>.</summary>
public sealed class OmetriaOptions
{
    public const string Section = "Ometria";

    /// <summary>Where Ometria's Data API is. Pushes go to <c>/push</c> below it.</summary>
    public string BaseUrl { get; set; } = "https://api.ometria.com/v2";

    /// <summary>Pushes a second for each account. Default 4, the lower of the two documented limits: other integrations share it.</summary>
    public double PushesPerSecond { get; set; } = 4;
}
