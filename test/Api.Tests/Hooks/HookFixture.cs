namespace RechargeGrains.Api.Tests.Hooks;

/// <summary>A product that takes small bodies only, with one connection that works.</summary>
public sealed class HookFixture : ProductFixture
{
    public const int MaxBodyBytes = 65_536;

    public TestConnection Connection { get; private set; } = null!;

    protected override void Configure(ProductSettings settings) =>
        settings.Environment["Webhooks__MaxBodyBytes"] = MaxBodyBytes.ToString(CultureInfo.InvariantCulture);

    protected override async Task PrepareAsync() => Connection = await AddConnectionAsync();
}
