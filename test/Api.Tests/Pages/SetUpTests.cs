using Microsoft.Playwright;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>The set-up of a connection as an administrator walks through it.</summary>
public sealed class SetUpTests(SetUpTests.Fixture fixture) : IClassFixture<SetUpTests.Fixture>
{
    private const int Customers = 60;

    [Fact]
    public async Task The_whole_set_up_leads_to_an_active_connection()
    {
        var tenant = await fixture.AddTenantAsync(customEvents: ["subscription_created", "subscription_cancelled"]);
        await using var user = await fixture.SignInAsync(tenant);
        var walk = new SetUpWalk(user, tenant);
        await user.GoAsync($"/t/{tenant.Id}/settings/connections");
        await user.Link("Set up").ClickAsync();
        await walk.SeesStepAsync(1, "Ometria API key");
        await LookAsync(user, "setup-1-ometria");
        await walk.CreateOmetriaAsync(tenant.OmetriaKey);
        await user.SeesAsync("Ometria accepts the key that ends in Ok99");
        await Assertions.Expect(user.Button("Next")).ToBeFocusedAsync();
        await walk.NextAsync();

        await walk.SeesStepAsync(2, "Recharge API key");
        await Assertions.Expect(user.Page.Locator("h2")).ToBeFocusedAsync();
        await LookAsync(user, "setup-2-recharge");
        await walk.CreateRechargeAsync(tenant.RechargeToken, tenant.ClientSecret);
        await user.SeesAsync("Morning Coffee");
        await LookAsync(user, "setup-2-accepted");
        await walk.NextAsync();

        await walk.SeesStepAsync(3, "Fields and events");
        await LookAsync(user, "setup-3-fields");
        await user.Button("Copy the field ID total_subscription").ClickAsync();
        await user.SeesAsync("the field ID total_subscription is copied");
        await Assertions.Expect(user.Field("Subscription activated")).ToBeDisabledAsync();
        await Assertions.Expect(user.Field("Subscription created")).ToBeCheckedAsync();
        await user.Field("Subscription cancelled").UncheckAsync();
        await user.SeesAsync("Please enable these custom events from Recharge for our account: subscription_created.");
        await user.Button("Next").ScrollIntoViewIfNeededAsync();
        await user.PictureAsync("setup-3-events");
        await walk.NextAsync();

        await walk.SeesStepAsync(4, "Customers start date");
        await walk.NextAsync();
        await user.SeesAsync("Enter a date from the year 2000 on, and a time.");
        await user.Button("All customers").ClickAsync();
        await user.SeesAsync($"{Customers} customers, with");
        await LookAsync(user, "setup-4-start");
        await walk.NextAsync();

        await walk.SeesStepAsync(5, "Finish");
        await user.SeesAsync("2000-01-01 00:00:00 UTC");
        await LookAsync(user, "setup-5-finish");
        await walk.BackAsync();
        await walk.SeesStepAsync(4, "Customers start date");
        await Assertions.Expect(user.Field("Start date")).ToHaveValueAsync("2000-01-01");
        await walk.NextAsync();
        await user.Button("Finish").ClickAsync();
        await user.Page.WaitForURLAsync($"**/t/{tenant.Id}/connections/con_*", BrowserUser.Arrived);

        var path = $"{tenant.Path}/connections/{user.Page.Url.Split('/')[^1]}";
        var active = await tenant.Administrator.WaitForAsync(path, status => (string?)status["state"] == "active");
        Assert.Equal(Customers, (int)active["import"]!["customersRead"]!);
        await walk.OpenAsync();
        await walk.SeesStepAsync(1, "Ometria API key");
        Assert.Contains("connection.made", (await tenant.Administrator.GetAsync($"{tenant.Path}/audit")).Expect(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_taken_says_which_why_and_what_to_do()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant);
        var walk = new SetUpWalk(user, tenant);
        await walk.OpenAsync();
        await walk.NextAsync();
        await user.SeesAsync("Create the new account first, or choose another one.");
        await walk.CreateOmetriaAsync("");
        await user.SeesAsync("Enter the key.");
        await walk.CreateOmetriaAsync("two words");
        await user.SeesAsync("This is no API key");
        await walk.CreateOmetriaAsync("wrong_ometria_key");
        await SeesProblemAsync(user, "This Ometria API key does not work.", "Settings > API keys");
        await Assertions.Expect(user.Field("Ometria API key", exact: true)).ToHaveAttributeAsync("aria-invalid", "true");
        await LookAsync(user, "setup-wrong-key");
        Assert.DoesNotContain("wrong_ometria_key", await user.Page.ContentAsync(), StringComparison.Ordinal);
        fixture.Sandbox.OmetriaAccounts.AddKey("push_only_key_Po55", tenant.Ometria, mayRead: false);
        await walk.CreateOmetriaAsync("push_only_key_Po55");
        await user.SeesAsync("It may still push: the first import will show.");
        await walk.NextAsync();

        await walk.SeesStepAsync(2, "Recharge API key");
        await walk.CreateRechargeAsync("sk_wrong");
        await SeesProblemAsync(user, "This Recharge API key does not work.", "API tokens in Recharge");
        fixture.Sandbox.Tokens.Find(tenant.RechargeToken)!.Scopes = [ScopeNames.Store, ScopeNames.Orders];
        await walk.CreateRechargeAsync(tenant.RechargeToken);
        await SeesProblemAsync(user, "This Recharge API key may not read enough.", "read_customers, read_subscriptions");
        fixture.Sandbox.Tokens.Find(tenant.RechargeToken)!.Scopes = ScopeNames.All;
        fixture.Sandbox.Options.Platform = "bigcommerce";
        await walk.CreateRechargeAsync(tenant.RechargeToken);
        await SeesProblemAsync(user, "The store of this Recharge API key is not on Shopify.", "only available to Shopify stores");
        fixture.Sandbox.Options.Platform = "shopify";
        fixture.Sandbox.Faults.Recharge.Always(Fault.Status(503));
        await walk.CreateRechargeAsync(tenant.RechargeToken);
        await SeesProblemAsync(user, "The Recharge API key could not be checked.", "try again in a minute");
        fixture.Sandbox.Faults.Clear();
        (await tenant.AddRechargeAsync(name: "Taken")).Expect(201);
        await walk.CreateRechargeAsync(tenant.RechargeToken, name: "taken");
        await SeesProblemAsync(user, "The name of this Recharge API key is taken.", "Choose another name");
        await walk.CreateRechargeAsync(tenant.RechargeToken);
        await user.SeesAsync("only the secret address protects what Recharge tells us");
    }

    [Fact]
    public async Task Leaving_half_way_loses_nothing_and_starting_over_clears_it()
    {
        var tenant = await fixture.AddTenantAsync();
        var (email, half) = (fixture.NewEmail(), await fixture.OpenAsync());
        await using (half)
        {
            await half.AcceptAsync(await fixture.InviteAsync(tenant, email));
            var walk = new SetUpWalk(half, tenant);
            await walk.OpenAsync();
            await walk.AddBothAsync();
            await half.Field("Subscription cancelled").UncheckAsync();
            await half.SeesAsync("our account: subscription_created, subscription_activated, upcoming_charge.");
            await walk.NextAsync();
            await half.Field("Start date").FillAsync("2001-02-03");
            await half.Field("Time (UTC)").FillAsync("04:05");
            await half.SeesAsync($"{Customers} customers, with");
        }

        await using var again = await fixture.OpenAsync();
        await again.SignInAsync(email);
        await again.SeesHeadingAsync("Connections");
        await again.Link("Go on with the set-up").ClickAsync();
        var back = new SetUpWalk(again, tenant);
        await back.SeesStepAsync(4, "Customers start date");
        await Assertions.Expect(again.Field("Start date")).ToHaveValueAsync("2001-02-03");
        await Assertions.Expect(again.Field("Time (UTC)")).ToHaveValueAsync("04:05");
        await again.SeesAsync($"{Customers} customers, with");
        await back.BackAsync();
        await Assertions.Expect(again.Field("Subscription cancelled")).Not.ToBeCheckedAsync();
        await back.BackAsync();
        await again.SeesAsync("Recharge accepts the key that ends in Rt77");

        await again.Button("Start over").ClickAsync();
        await again.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Start over" }).ClickAsync();
        await back.SeesStepAsync(1, "Ometria API key");
        // The account is there still, and chosen from the list.
        await again.Field("Ometria account").ClickAsync();
        await again.Page.GetByRole(AriaRole.Option, new() { Name = "Main (key ends in Ok99)" }).ClickAsync();
        await again.SeesAsync("Ometria accepts the key that ends in Ok99");
    }

    [Fact]
    public async Task It_can_be_done_with_the_keyboard_alone()
    {
        var tenant = await fixture.AddTenantAsync();
        (await tenant.AddOmetriaAsync()).Expect(201);
        await using var user = await fixture.SignInAsync(tenant);
        var walk = new SetUpWalk(user, tenant);
        var keyboard = user.Page.Keyboard;
        await walk.OpenAsync();
        await user.TabToAsync(user.Field("Ometria account"));
        await keyboard.PressAsync("Enter");
        await Assertions.Expect(user.Page.GetByRole(AriaRole.Option).First).ToBeVisibleAsync();
        await keyboard.PressAsync("ArrowDown");
        await keyboard.PressAsync("Enter");
        await user.SeesAsync("Ometria accepts the key that ends in Ok99");
        await user.TabToAsync(user.Button("Next"));
        await keyboard.PressAsync("Enter");

        await walk.SeesStepAsync(2, "Recharge API key");
        await user.TabToAsync(user.Field("Name"));
        await keyboard.TypeAsync("Store");
        await keyboard.PressAsync("Tab");
        // Slower than the page loads again, which must not disturb who types.
        await keyboard.TypeAsync(tenant.RechargeToken, new() { Delay = 80 });
        await keyboard.PressAsync("Enter");
        await user.SeesAsync("Recharge accepts the key that ends in Rt77");
        await Assertions.Expect(user.Button("Next")).ToBeFocusedAsync();
        await keyboard.PressAsync("Enter");

        await walk.SeesStepAsync(3, "Fields and events");
        await user.TabToAsync(user.Field("Subscription cancelled"));
        await keyboard.PressAsync("Space");
        await user.SeesAsync("our account: subscription_created, subscription_activated, upcoming_charge.");
        await user.TabToAsync(user.Button("Next"));
        await keyboard.PressAsync("Enter");

        await walk.SeesStepAsync(4, "Customers start date");
        await user.TabToAsync(user.Field("Start date"));
        await keyboard.TypeAsync("01012020");
        await user.SeesAsync("What the first import would read");
        await keyboard.PressAsync("Enter");

        await walk.SeesStepAsync(5, "Finish");
        await user.TabToAsync(user.Button("Finish"));
        await keyboard.PressAsync("Enter");
        await user.Page.WaitForURLAsync($"**/t/{tenant.Id}/connections/con_*", BrowserUser.Arrived);
    }

    [Fact]
    public async Task Whoever_may_not_set_up_is_told_why()
    {
        var closed = await fixture.AddTenantAsync(recharge: false);
        await using var early = await fixture.SignInAsync(closed);
        await early.GoAsync(SetUpWalk.PathOf(closed));
        await early.SeesAsync("Recharge is not enabled for you yet.");
        await early.AssertAccessibleAsync();
        (await fixture.Operator.PutAsync($"{closed.Path}/enablement", new { recharge = true, customEvents = Array.Empty<string>() })).Expect(200);
        await new SetUpWalk(early, closed).SeesStepAsync(1, "Ometria API key");

        await using var member = await fixture.SignInAsync(closed, "member");
        await member.GoAsync(SetUpWalk.PathOf(closed));
        await member.SeesAsync("an administrator of your account has to do it");
        await member.AssertAccessibleAsync();
    }

    [Fact]
    public async Task The_slower_of_two_administrators_is_led_to_the_connection_of_the_faster()
    {
        var tenant = await fixture.AddTenantAsync();
        (await tenant.AddOmetriaAsync()).Expect(201);
        (await tenant.AddRechargeAsync()).Expect(201);
        await using var fast = await fixture.SignInAsync(tenant);
        await using var slow = await fixture.SignInAsync(tenant);
        await ChooseBothAsync(fast, tenant);
        await ChooseBothAsync(slow, tenant);
        await new SetUpWalk(fast, tenant).FinishAsync();
        await fast.Page.WaitForURLAsync($"**/t/{tenant.Id}/connections/con_*", BrowserUser.Arrived);

        await new SetUpWalk(slow, tenant).FinishAsync();
        await slow.SeesAsync("These two accounts are connected already");
        await slow.Link("Open the existing connection").ClickAsync();
        await slow.Page.WaitForURLAsync(fast.Page.Url, BrowserUser.Arrived);

        // A third hears of it before there is anything more to enter.
        await using var late = await fixture.SignInAsync(tenant);
        await ChooseBothAsync(late, tenant, isConnected: true);
        await late.SeesAsync("These two accounts are connected already");
    }

    [Fact]
    public async Task Staff_set_up_for_a_tenant_and_go_on_later_too()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var staff = await fixture.SignInStaffAsync();
        var walk = new SetUpWalk(staff, tenant);
        await walk.OpenAsync();
        await walk.CreateOmetriaAsync(tenant.OmetriaKey);
        await staff.SeesAsync("Ometria accepts the key that ends in Ok99");
        await walk.NextAsync();
        await walk.SeesStepAsync(2, "Recharge API key");
        await walk.OpenAsync();
        await walk.SeesStepAsync(2, "Recharge API key");
    }

    [Fact]
    public async Task It_fits_a_phone()
    {
        var tenant = await fixture.AddTenantAsync();
        await using var user = await fixture.SignInAsync(tenant, width: 390);
        var walk = new SetUpWalk(user, tenant);
        await walk.OpenAsync();
        await user.AssertFitsAsync();
        await user.PictureAsync("setup-1-phone");
        await walk.AddBothAsync();
        await user.AssertFitsAsync();
        await user.PictureAsync("setup-3-phone");
        await walk.NextAsync();
        await user.Field("Start date").FillAsync("2020-01-01");
        await user.SeesAsync("What the first import would read");
        await user.AssertFitsAsync();
        await user.PictureAsync("setup-4-phone");
        await walk.NextAsync();
        await walk.SeesStepAsync(5, "Finish");
        await user.AssertFitsAsync();
        await user.AssertAccessibleAsync();
    }

    private static async Task LookAsync(BrowserUser user, string picture)
    {
        await user.AssertAccessibleAsync();
        await user.AssertFitsAsync();
        await user.PictureAsync(picture);
    }

    private static async Task SeesProblemAsync(BrowserUser user, string title, string advice)
    {
        var alert = user.Page.GetByRole(AriaRole.Alert).Filter(new() { HasText = title });
        await Assertions.Expect(alert).ToContainTextAsync(advice);
    }

    private static async Task ChooseBothAsync(BrowserUser user, TestTenant tenant, bool isConnected = false)
    {
        var walk = new SetUpWalk(user, tenant);
        await walk.OpenAsync();
        await ChooseAsync(user, "Ometria account", "Main");
        await walk.NextAsync();
        await walk.SeesStepAsync(2, "Recharge API key");
        await ChooseAsync(user, "Recharge account", "Store");
        await walk.NextAsync();
        if (!isConnected)
            await walk.SeesStepAsync(3, "Fields and events");
    }

    private static async Task ChooseAsync(BrowserUser user, string label, string account)
    {
        await user.Field(label).ClickAsync();
        await user.Page.GetByRole(AriaRole.Option, new() { Name = account }).ClickAsync();
        await user.SeesAsync("accepts the key that ends in");
    }

    public sealed class Fixture : BrowserFixture
    {
        protected override void Configure(SandboxOptions options) => options.Customers = Customers;
    }
}
