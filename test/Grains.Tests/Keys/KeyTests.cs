using RechargeGrains.Keys;

namespace RechargeGrains.Grains.Tests.Keys;

public sealed class KeyTests
{
    [Fact]
    public void Keys_are_read_as_they_are_written()
    {
        Assert.Equal(new ConnectionKey("acme", "con_1"), ConnectionKey.Parse("acme/con_1"));
        Assert.Equal(new AccountKey("acme", "acc_1"), AccountKey.Parse("acme/acc_1"));
        Assert.Equal(new CustomerKey(new ConnectionKey("acme", "con_1"), 700100311), CustomerKey.Parse("acme/con_1/700100311"));
        Assert.Equal(new DeliveryDayKey(new ConnectionKey("acme", "con_1"), new DateOnly(2026, 3, 9)), DeliveryDayKey.Parse("acme/con_1/2026-03-09"));
        Assert.Equal("acme/con_1", new ConnectionKey("acme", "con_1").ToString());
        Assert.Equal("acme/acc_1", new AccountKey("acme", "acc_1").ToString());
        Assert.Equal("acme/con_1/700100311", new CustomerKey(new ConnectionKey("acme", "con_1"), 700100311).ToString());
        Assert.Equal("acme/con_1/2026-03-09", new DeliveryDayKey(new ConnectionKey("acme", "con_1"), new DateOnly(2026, 3, 9)).ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("acme")]
    [InlineData("acme/")]
    [InlineData("/con_1")]
    [InlineData("acme/con_1/more")]
    public void What_names_no_connection_or_account_is_refused(string text)
    {
        Assert.Throws<FormatException>(() => ConnectionKey.Parse(text));
        Assert.Throws<FormatException>(() => AccountKey.Parse(text));
    }

    [Theory]
    [InlineData("acme/con_1")]
    [InlineData("acme/con_1/")]
    [InlineData("acme/con_1/-5")]
    [InlineData("acme/con_1/ 5")]
    [InlineData("acme/con_1/5x")]
    [InlineData("acme/5")]
    [InlineData("acme/con_1/more/5")]
    public void What_names_no_customer_is_refused(string text) => Assert.Throws<FormatException>(() => CustomerKey.Parse(text));

    [Theory]
    [InlineData("acme/con_1/2026-3-9")]
    [InlineData("acme/con_1/2026-02-30")]
    [InlineData("acme/2026-03-09")]
    public void What_names_no_day_is_refused(string text) => Assert.Throws<FormatException>(() => DeliveryDayKey.Parse(text));

    [Theory]
    [InlineData("a", true)]
    [InlineData("acme-store-2", true)]
    [InlineData("123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234", false)]
    [InlineData("-acme", false)]
    [InlineData("acme-", false)]
    [InlineData("Acme", false)]
    [InlineData("ac/me", false)]
    [InlineData("ac.me", false)]
    [InlineData("acmé", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_tenant_is_named_by_lower_case_letters_digits_and_hyphens(string? text, bool valid) => Assert.Equal(valid, TenantId.IsValid(text));

    [Fact]
    public void A_new_id_has_its_prefix_and_never_comes_twice()
    {
        var ids = Enumerable.Range(0, 200).Select(_ => KeyText.NewId("con")).ToList();
        Assert.All(ids, id => Assert.Matches("^con_[0-9a-hjkmnp-tv-z]{16}$", id));
        Assert.Equal(200, ids.Distinct().Count());
    }
}
