namespace RechargeGrains.Ometria;

/// <summary>The errors of an account, as they were read.</summary>
/// <param name="Errors">At most 100.</param>
/// <param name="RecordsPushed">Records that all connections of the account had pushed by then, since it woke.</param>
[GenerateSerializer, Immutable, Alias("rg.push-error-list.v1")]
public sealed record PushErrorList([property: Id(0)] IReadOnlyList<PushError> Errors, [property: Id(1)] long RecordsPushed);
