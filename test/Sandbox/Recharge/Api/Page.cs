namespace RechargeGrains.Sandbox;

internal sealed record Page<T>(IReadOnlyList<T> Rows, bool HasNext, bool HasPrevious);
