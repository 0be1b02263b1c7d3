using RechargeGrains.Keys;

namespace RechargeGrains.People;

/// <summary>An invitation at the one moment when its code can be seen. Never logged.</summary>
/// <param name="Person">Who is invited.</param>
/// <param name="Code">Opens it, once.</param>
/// <param name="Until">How long it is good for.</param>
[GenerateSerializer, Immutable, Alias("rg.invitation.v1")]
public sealed record Invitation([property: Id(0)] PersonKey Person, [property: Id(1)] string Code, [property: Id(2)] DateTimeOffset Until);
