namespace RechargeGrains.Api.Tests.Limits;

/// <summary>A product with so few connections and calls that a test can use them up.</summary>
public sealed class LimitFixture : ProductFixture
{
    public const int MaxConnections = 300;

    public const int CallsPerSecond = 20;

    protected override void Configure(ProductSettings settings)
    {
        settings.Environment["Limits__MaxConnections"] = MaxConnections.ToString(CultureInfo.InvariantCulture);
        settings.Environment["Limits__ApiCallsPerSecond"] = CallsPerSecond.ToString(CultureInfo.InvariantCulture);
    }
}
