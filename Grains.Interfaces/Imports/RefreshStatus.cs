namespace RechargeGrains.Imports;

/// <summary>How the reading of single customers fares.</summary>
/// <param name="Failing">Customers that were tried more than once and could not be read, or turned out to have no e-mail address.</param>
/// <param name="WaitingEvents">Events that cannot be told before their customer is read.</param>
[GenerateSerializer, Immutable, Alias("rg.refresh-status.v1")]
public readonly record struct RefreshStatus([property: Id(0)] int Failing, [property: Id(1)] int WaitingEvents);
