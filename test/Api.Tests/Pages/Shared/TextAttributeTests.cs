using RechargeGrains.Api.Pages.Shared;

namespace RechargeGrains.Api.Tests.Pages.Shared;

/// <summary>Forms take what the API takes.</summary>
public sealed class TextAttributeTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" Main ", true)]
    [InlineData("   ", true)]
    [InlineData("two\nlines", false)]
    public void A_name(string? text, bool isTaken) => Assert.Equal(isTaken, new NameTextAttribute().IsValid(text));

    [Fact]
    public void A_long_name() => Assert.Equal((true, false), (new NameTextAttribute().IsValid(new string('x', 200)), new NameTextAttribute().IsValid(new string('x', 201))));

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData(" jo@example.test ", true)]
    [InlineData("jo", false)]
    [InlineData("jo hn@example.test", false)]
    [InlineData("jo@exam\tple.test", false)]
    public void An_address(string? text, bool isTaken) => Assert.Equal(isTaken, new EmailTextAttribute().IsValid(text));
}
