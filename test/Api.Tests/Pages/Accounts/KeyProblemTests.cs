using RechargeGrains.Accounts;
using RechargeGrains.Api.Pages.Accounts;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Tests.Pages.Accounts;

public sealed class KeyProblemTests
{
    [Theory]
    [InlineData("key_rejected")]
    [InlineData("not_shopify")]
    [InlineData("missing_scopes")]
    [InlineData("unreachable")]
    [InlineData("other_store")]
    [InlineData("duplicate_name")]
    [InlineData("too_many_accounts")]
    [InlineData("one of a later version")]
    public void It_says_which_key_and_what_to_do(string code)
    {
        var problem = KeyProblem.Of(AccountKind.Recharge, new TenantError(code, "Do this."));

        Assert.Contains("Recharge API key", problem.Title, StringComparison.Ordinal);
        Assert.StartsWith("Do this.", problem.Text, StringComparison.Ordinal);
        Assert.Equal(code == "duplicate_name", problem.IsOfName);
    }
}
