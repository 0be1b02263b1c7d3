namespace RechargeGrains.Sandbox;

/// <summary>What a retailer brings to connect: an API key of each service and Recharge's client secret.</summary>
public sealed record ServiceKeys(string OmetriaKey, string RechargeToken, string ClientSecret);
