using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>What happened to Jane?</summary>
public sealed class CustomersPageTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Everything_that_happened_to_Jane_is_told_from_the_webhook_to_the_answer_and_can_be_sent_again()
    {
        var jane = fixture.Sandbox.Store.AddCustomer("jane.doe@example.test");
        var connection = await fixture.AddConnectionAsync();
        var subscription = fixture.Sandbox.Store.CreateSubscription(jane.Id);
        await connection.WaitForEventsOfAsync(subscription.Id, 1);
        fixture.Sandbox.Store.Cancel(subscription.Id);
        await connection.WaitForEventsOfAsync(subscription.Id, 2);
        await using var user = await fixture.SignInAsync(connection.Tenant);

        await user.GoAsync($"/t/{connection.Tenant.Id}/connections/{connection.Id}/customers");
        await user.AssertAccessibleAsync();
        await user.Field("E-mail address or Recharge customer id").FillAsync("Jane.Doe@example.test");
        await user.Page.Keyboard.PressAsync("Enter");
        await user.SeesAsync("Subscription cancelled");
        await user.SeesAsync("Recharge said subscription created");
        await Assertions.Expect(user.Text("Ometria took it")).ToHaveCountAsync(2);
        await Assertions.Expect(user.Page.Locator("dd").Nth(1)).ToHaveTextAsync("0");
        await user.AssertAccessibleAsync();
        await user.PictureAsync("customer");

        await user.Button("Send again: Ometria took it").First.ClickAsync();
        await user.Button("Cancel").ClickAsync();
        Assert.Equal(2, (await connection.WaitForEventsOfAsync(subscription.Id, 2)).Count);
        await user.Button("Send again: Ometria took it").First.ClickAsync();
        await user.Dialog.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();
        await user.SeesAsync("It is on its way again.");
        var events = await connection.WaitForEventsOfAsync(subscription.Id, 3);
        Assert.Equal(events[1].Id, events[2].Id);

        // The address of the page says who, and shows the same to a colleague, live.
        await using var colleague = await fixture.SignInAsync(connection.Tenant, "member", width: 390);
        await colleague.GoAsync(new Uri(user.Page.Url).PathAndQuery);
        await colleague.SeesAsync("Subscription cancelled");
        await Assertions.Expect(colleague.Button("Send again")).ToHaveCountAsync(0);
        await colleague.AssertFitsAsync();
        await colleague.PictureAsync("customer-phone");
        fixture.Sandbox.Store.Activate(subscription.Id);
        await colleague.SeesAsync("Subscription activated");
        await Assertions.Expect(colleague.Page.Locator("dd").Nth(1)).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Who_is_not_known_and_what_cannot_be_searched_for_is_said()
    {
        var connection = await fixture.AddConnectionAsync();
        await using var user = await fixture.SignInAsync(connection.Tenant, "member");
        await user.GoAsync($"/t/{connection.Tenant.Id}/connections/{connection.Id}/customers?q=nobody@example.test");
        await user.SeesAsync("Nobody is known here by");
        await user.Field("E-mail address or Recharge customer id").FillAsync("Jane Doe");
        await user.Button("Search").ClickAsync();
        await user.SeesAsync("This is neither an e-mail address nor a number.");
        await user.AssertAccessibleAsync();
    }
}
