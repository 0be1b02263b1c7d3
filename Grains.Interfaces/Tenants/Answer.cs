namespace RechargeGrains.Tenants;

/// <summary>Either a value or the reason why there is none.</summary>
[GenerateSerializer, Immutable, Alias("rg.answer`1")]
public sealed record Answer<T>
    where T : class
{
    [Id(0)] public T? Value { get; init; }
    [Id(1)] public TenantError? Error { get; init; }

    public static implicit operator Answer<T>(T value) => new() { Value = value };

    public static implicit operator Answer<T>(TenantError error) => new() { Error = error };
}
