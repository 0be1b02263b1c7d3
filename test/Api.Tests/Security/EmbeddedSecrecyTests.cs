namespace RechargeGrains.Api.Tests.Security;

public sealed class EmbeddedSecrecyTests(ProductFixture fixture) : SecrecyTests(fixture), IClassFixture<ProductFixture>
{
    private readonly ProductFixture _fixture = fixture;

    protected override async Task<IReadOnlyList<byte[]>> StealAsync() =>
        await Task.WhenAll(Directory.GetFiles(_fixture.Product.Settings.Folder, "recharge-grains.db*").Select(file => File.ReadAllBytesAsync(file)));
}
