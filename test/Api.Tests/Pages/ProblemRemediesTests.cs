using MudBlazor;
using RechargeGrains.Accounts;
using RechargeGrains.Api.Pages.Connections;

namespace RechargeGrains.Api.Tests.Pages;

public sealed class ProblemRemediesTests
{
    [Theory]
    [InlineData("ometria_key_refused", AccountKind.Ometria, null, Severity.Error)]
    [InlineData("bad_signatures", AccountKind.Recharge, null, Severity.Warning)]
    [InlineData("no_client_secret", AccountKind.Recharge, null, Severity.Info)]
    [InlineData("dead_letters", null, "?status=dead_lettered", Severity.Warning)]
    [InlineData("events_paced", null, "", Severity.Info)]
    // A problem that is made up later is shown all the same.
    [InlineData("something_new", null, null, Severity.Warning)]
    public void A_problem_leads_to_where_it_is_mended(string code, AccountKind? key, string? deliveries, Severity severity) =>
        Assert.Equal((key, deliveries, severity), (ProblemRemedies.KeyOf(code), ProblemRemedies.DeliveriesOf(code), ProblemRemedies.SeverityOf(code)));
}
