namespace RechargeGrains.Sandbox.Hostile;

/// <summary>A webhook that nobody should send.</summary>
/// <param name="Topic">For instance <c>subscription/created</c>.</param>
/// <param name="Body">The bytes.</param>
public sealed record HostileBody(string Topic, byte[] Body);
