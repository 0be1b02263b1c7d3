using RechargeGrains.Deliveries;

namespace RechargeGrains.Grains.Outbox;

/// <summary>The timestamp that an event is pushed with, and why it is that one. Kept until the push is answered, so that a repeat is the same.</summary>
internal sealed record Stamp(DateTimeOffset At, LateHandling Late, bool Paced);
