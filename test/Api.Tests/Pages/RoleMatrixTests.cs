namespace RechargeGrains.Api.Tests.Pages;

/// <summary>Who may open which page, by the status of the answer and by what is shown.</summary>
public sealed class RoleMatrixTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Everybody_opens_what_is_theirs_and_nothing_else_exists_for_them()
    {
        var connection = await fixture.AddConnectionAsync();
        var other = await fixture.AddConnectionAsync();
        var own = $"/t/{connection.Tenant.Id}";
        var foreign = $"/t/{other.Tenant.Id}";
        await using var operatorUser = await fixture.SignInStaffAsync();
        await using var administrator = await fixture.SignInAsync(connection.Tenant);
        await using var member = await fixture.SignInAsync(connection.Tenant, "member");
        // Path, then the status for an operator, an administrator and a member.
        (string Path, int Operator, int Administrator, int Member)[] pages =
        [
            ("/staff", 200, 404, 404), ("/staff/tenants", 200, 404, 404), ($"/staff/tenants/{connection.Tenant.Id}", 200, 404, 404), ("/staff/tenants/nobody", 404, 404, 404),
            ("/staff/people", 200, 404, 404), ("/staff/audit", 200, 404, 404), ("/dashboard/", 200, 404, 404),
            ($"{own}/settings/connections", 200, 200, 200), ($"{own}/settings/connections/recharge/new", 200, 200, 200), ($"{own}/settings/people", 200, 200, 200),
            ($"{own}/settings/keys", 200, 200, 404), ($"{own}/settings/audit", 200, 200, 404),
            ($"{own}/connections/{connection.Id}", 200, 200, 200), ($"{own}/connections/{connection.Id}/customers", 200, 200, 200),
            ($"{own}/connections/{connection.Id}/deliveries", 200, 200, 200), ($"{own}/connections/{connection.Id}/deliveries.csv", 200, 200, 200),
            ($"{own}/connections/{other.Id}", 404, 404, 404), ($"{own}/connections/con_none", 404, 404, 404), ($"{own}/nowhere", 404, 404, 404),
            ($"{foreign}/settings/connections", 200, 404, 404), ($"{foreign}/connections/{other.Id}", 200, 404, 404),
            ($"{foreign}/connections/{other.Id}/deliveries.csv", 200, 404, 404), ($"{foreign}/settings/keys", 200, 404, 404),
            ("/t/nobody/settings/connections", 404, 404, 404), ("/t/UPPER/settings/connections", 404, 404, 404),
        ];

        var wrong = new List<string>();
        foreach (var (path, forOperator, forAdministrator, forMember) in pages)
        {
            await CheckAsync(operatorUser, "operator", path, forOperator);
            await CheckAsync(administrator, "administrator", path, forAdministrator);
            await CheckAsync(member, "member", path, forMember);
        }

        Assert.Empty(wrong);
        // The same without a request: within a session pages follow each other by themselves.
        await member.GoAsync($"{own}/settings/connections");
        foreach (var path in new[] { "/staff", $"{foreign}/settings/connections", $"{own}/settings/keys", $"{own}/connections/{other.Id}/deliveries" })
        {
            await member.Page.EvaluateAsync("path => Blazor.navigateTo(path)", path);
            await member.SeesHeadingAsync("There is nothing here");
            await member.GoAsync($"{own}/settings/connections");
        }

        async Task CheckAsync(BrowserUser user, string who, string path, int expected)
        {
            var answer = await user.Page.APIRequest.GetAsync(new Uri(fixture.Product.Address, path).ToString(), new() { Headers = [new("Accept", "text/html")], MaxRedirects = 0 });
            if (answer.Status != expected)
                wrong.Add($"{who} {path}: {answer.Status}, expected {expected}");
        }
    }
}
