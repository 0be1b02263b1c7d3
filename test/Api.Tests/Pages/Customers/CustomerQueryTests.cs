using RechargeGrains.Api.Pages.Customers;

namespace RechargeGrains.Api.Tests.Pages.Customers;

public sealed class CustomerQueryTests
{
    [Theory]
    [InlineData(" 700100200 ", null, 700100200L)]
    [InlineData("#700100200", null, 700100200L)]
    [InlineData(" jo@example.test ", "jo@example.test", null)]
    public void An_address_or_a_number_is_read(string text, string? email, long? id) => Assert.Equal(new CustomerQuery(email, id), CustomerQuery.Read(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Jane Doe")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("jo@")]
    public void What_can_be_neither_is_refused(string? text) => Assert.Null(CustomerQuery.Read(text));
}
