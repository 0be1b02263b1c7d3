using RechargeGrains.Connections;

namespace RechargeGrains.Api.Connections;

/// <summary>What a connection that was asked how it fares said.</summary>
/// <param name="Answered">Whether it answered at all.</param>
/// <param name="Status">Null for one that did not answer, and for one that was never made.</param>
internal readonly record struct ConnectionAnswer(bool Answered, ConnectionStatus? Status);
