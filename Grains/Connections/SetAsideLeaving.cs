using RechargeGrains.Connections;

namespace RechargeGrains.Grains.Connections;

/// <summary>A body that is no longer set aside.</summary>
/// <param name="Number">Which.</param>
/// <param name="Outcome">What its replay came to; null if it was removed.</param>
internal sealed record SetAsideLeaving(long Number, SetAsideOutcome? Outcome);
