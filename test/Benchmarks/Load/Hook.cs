namespace RechargeGrains.Benchmarks.Load;

/// <summary>Where webhooks of one retailer go, and what they are signed with.</summary>
internal sealed record Hook(Uri Address, string Secret);
