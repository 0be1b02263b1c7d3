using RechargeGrains.Grains.Recharge;

namespace RechargeGrains.Grains.Tests.Recharge;

public sealed class RechargeScopesTests
{
    [Theory]
    [InlineData("read_customers read_subscriptions read_orders read_store")]
    [InlineData("read_customers read_subscriptions read_orders store_info")]
    [InlineData("write_customers write_subscriptions write_orders write_store")]
    [InlineData("read_customers write_subscriptions read_orders store_info read_products")]
    public void What_may_be_read_or_written_is_not_missing(string granted) => Assert.Empty(RechargeScopes.MissingFrom(granted.Split(' ')));

    [Theory]
    [InlineData("read_subscriptions read_orders store_info", "read_customers")]
    [InlineData("read_customers read_orders store_info", "read_subscriptions")]
    [InlineData("read_customers read_subscriptions store_info", "read_orders")]
    [InlineData("read_customers read_subscriptions read_orders", "read_store")]
    [InlineData("write_products", "read_customers read_subscriptions read_orders read_store")]
    public void Each_missing_scope_is_named(string granted, string missing) =>
        Assert.Equal(missing.Split(' '), RechargeScopes.MissingFrom(granted.Split(' ')));
}
