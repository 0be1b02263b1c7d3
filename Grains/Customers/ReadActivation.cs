namespace RechargeGrains.Grains.Customers;

/// <summary>
/// An activation that a reading told. It shows no time of its own, only that it lies between the cancellation before it and the
/// <c>updated_at</c> that was read; its webhook, should it come after all, carries some second in between.
/// </summary>
/// <param name="After">The cancellation's second.</param>
/// <param name="Told">The second it was told with.</param>
[GenerateSerializer, Immutable, Alias("rg.read-activation.v1")]
internal sealed record ReadActivation([property: Id(0)] long After, [property: Id(1)] long Told)
{
    public bool Covers(long second) => second > After && second <= Told;
}
