using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>An import that takes some seconds, looked at while it goes on.</summary>
public sealed class ConnectionImportPageTests(ConnectionImportPageTests.Fixture fixture) : IClassFixture<ConnectionImportPageTests.Fixture>
{
    private const int Customers = 3_000;

    [Fact]
    public async Task An_import_is_seen_to_move_and_to_end_without_reloading_and_so_is_another_one()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant);
        var connection = await tenant.ConnectAsync();
        await user.GoAsync($"/t/{tenant.Id}/connections/{connection.Id}");
        // Nobody counted before, so no total is made up.
        await user.SeesAsync("customers read so far");
        var first = await ReadAsync(user);
        await user.Page.WaitForFunctionAsync(
            "first => Number((document.body.innerText.match(/([\\d,]+) customers read so far/) ?? ['', '0'])[1].replaceAll(',', '')) > first", first);
        await user.PictureAsync("connection-importing-uncounted");
        await user.SeesAsync("Everything works");
        await user.SeesAsync($"{Customers:N0} customers read");

        await connection.ActAsync("import");
        // The first import counted them.
        await user.SeesAsync("of about 3,000 customers read");
        await user.SeesAsync(" left.");
        await Assertions.Expect(user.Button("Import again")).ToBeDisabledAsync();
        await user.PictureAsync("connection-importing");
        await user.AssertAccessibleAsync();
        await user.SeesAsync("The last import of everything once more finished");
    }

    private static async Task<int> ReadAsync(BrowserUser user)
    {
        var text = await user.Page.GetByText("customers read so far").First.InnerTextAsync();
        return int.Parse(text[..text.IndexOf(" customers", StringComparison.Ordinal)], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    public sealed class Fixture : BrowserFixture
    {
        protected override void Configure(SandboxOptions options)
        {
            options.Customers = Customers;
            options.OmetriaPushesPerSecond = 10;
            options.BucketSize = 400;
            options.LeakPerSecond = 20;
        }

        protected override void Configure(ProductSettings settings) => settings.Environment["Ometria__PushesPerSecond"] = "4";
    }
}
