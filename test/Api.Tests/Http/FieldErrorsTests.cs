using RechargeGrains.Api.Http;

namespace RechargeGrains.Api.Tests.Http;

public sealed class FieldErrorsTests
{
    private readonly FieldErrors _errors = new();

    [Fact]
    public void Nothing_wrong_is_no_error()
    {
        Assert.Equal("Main", _errors.Name("name", "  Main "));
        Assert.Equal("key", _errors.Needed("apiKey", " key "));
        Assert.False(_errors.Any);
        Assert.Empty(_errors.ToDictionary());
    }

    [Fact]
    public void Several_errors_of_a_field_stay_together_in_their_order()
    {
        _errors.Add("a", "first");
        _errors.Add("b", "other");
        _errors.Add("a", "second");

        Assert.Equal(["first", "second"], _errors.ToDictionary()["a"]);
        Assert.Equal(["other"], _errors.ToDictionary()["b"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t ")]
    [InlineData("two\nlines")]
    [InlineData("bell\a")]
    public void A_name_that_is_empty_or_has_control_characters_is_refused(string? name)
    {
        _errors.Name("name", name);

        Assert.Equal(["name"], _errors.ToDictionary().Keys);
    }

    [Theory]
    [InlineData(200, false)]
    [InlineData(201, true)]
    public void A_name_is_at_most_200_characters(int length, bool isRefused)
    {
        _errors.Name("name", new string('x', length));

        Assert.Equal(isRefused, _errors.Any);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    public void What_is_needed_must_not_be_blank(string? value)
    {
        Assert.Equal("", _errors.Needed("apiKey", value));

        Assert.Equal(["apiKey"], _errors.ToDictionary().Keys);
    }
}
