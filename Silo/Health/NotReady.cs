namespace RechargeGrains.Silo.Health;

/// <summary>Why a program takes no work just now.</summary>
/// <param name="Reason">A word that does not change: <c>starting</c>, <c>stopping</c> or <c>store</c>.</param>
/// <param name="Detail">A sentence for a person.</param>
public sealed record NotReady(string Reason, string Detail)
{
    internal static readonly NotReady Starting = new("starting", "The program is starting.");

    internal static readonly NotReady Stopping = new("stopping", "The program is stopping.");

    internal static readonly NotReady Store = new("store", "The store does not answer, or no silo does.");
}
