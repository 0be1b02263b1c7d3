using RechargeGrains.Api.Pages.SignIn;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>A sign-in leads to a page of this service and nowhere else.</summary>
public sealed class LocalPathTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/staff")]
    [InlineData("/t/acme/settings/people?page=2#top")]
    [InlineData("/t/acme?next=https://evil.test")]
    [InlineData("/t/acme/connections/con_1?name=J%C3%BCrgen")]
    public void A_path_of_this_service_stays(string next) => Assert.Equal(next, LocalPath.Of(next));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("staff")]
    [InlineData(" /staff")]
    [InlineData("//evil.test")]
    [InlineData("///evil.test")]
    [InlineData("/\\evil.test")]
    [InlineData("\\\\evil.test")]
    [InlineData("/\t/evil.test")]
    [InlineData("/\n//evil.test")]
    [InlineData("/\r\nSet-Cookie: a=b")]
    [InlineData("/\0")]
    [InlineData("https://evil.test")]
    [InlineData("http:evil.test")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("~/staff")]
    [InlineData("./staff")]
    [InlineData("?next=/staff")]
    public void Anything_else_leads_to_the_start(string? next) => Assert.Equal("/", LocalPath.Of(next));
}
