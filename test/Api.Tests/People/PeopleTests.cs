namespace RechargeGrains.Api.Tests.People;

/// <summary>Inviting and removing people by the API.</summary>
public sealed class PeopleTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task Administrators_invite_and_remove_and_members_only_look()
    {
        var tenant = await fixture.AddTenantAsync();
        using var member = await tenant.AddMemberAsync();
        var email = NewAddress();

        var invited = (await tenant.Administrator.PostAsync($"{tenant.Path}/people", new { email, name = "Jo", role = "administrator" })).Expect(201);
        Assert.StartsWith(new Uri(fixture.Product.Address, "/welcome?person=").ToString(), invited.Field("link"), StringComparison.Ordinal);
        var person = Assert.Single((await member.GetAsync($"{tenant.Path}/people")).Expect(200).Body!["people"]!.AsArray())!;
        Assert.Equal((email, "Jo", "administrator"), ((string?)person["email"], (string?)person["name"], (string?)person["role"]));
        Assert.NotNull((string?)person["invitedUntil"]);
        Assert.Equal("forbidden", (await member.PostAsync($"{tenant.Path}/people", new { email = NewAddress(), name = "Max", role = "member" })).Expect(403).Code);
        Assert.Equal("forbidden", (await member.DeleteAsync($"{tenant.Path}/people/{person["personId"]}")).Expect(403).Code);

        var again = (await tenant.Administrator.PostAsync($"{tenant.Path}/people/{person["personId"]}/invite")).Expect(201);
        Assert.NotEqual(invited.Field("link"), again.Field("link"));
        (await tenant.Administrator.DeleteAsync($"{tenant.Path}/people/{person["personId"]}")).Expect(204);
        Assert.Empty((await member.GetAsync($"{tenant.Path}/people")).Expect(200).Body!["people"]!.AsArray());
        (await tenant.Administrator.DeleteAsync($"{tenant.Path}/people/{person["personId"]}")).Expect(404);
        (await tenant.Administrator.PostAsync($"{tenant.Path}/people/{person["personId"]}/invite")).Expect(404);
    }

    [Fact]
    public async Task An_address_is_one_persons_of_all_tenants_and_what_is_wrong_is_said_by_field()
    {
        var (one, other) = (await fixture.AddTenantAsync(), await fixture.AddTenantAsync());
        var email = NewAddress();
        (await one.Administrator.PostAsync($"{one.Path}/people", new { email, name = "Jo", role = "member" })).Expect(201);
        var taken = (await other.Administrator.PostAsync($"{other.Path}/people", new { email = email.ToUpperInvariant(), name = "Jo", role = "member" })).Expect(409);
        Assert.Equal("email_taken", taken.Code);

        var wrong = (await one.Administrator.PostAsync($"{one.Path}/people", new { email = "jo at home", name = "", role = "operator" })).Expect(400);
        Assert.Equal(["email", "name", "role"], wrong.Body!["errors"]!.AsObject().Select(pair => pair.Key).Order(StringComparer.Ordinal));
        (await other.Administrator.PostAsync($"{one.Path}/people", new { email = NewAddress(), name = "Eve", role = "administrator" })).Expect(404);
    }

    [Fact]
    public async Task Staff_are_invited_by_operators_alone()
    {
        var tenant = await fixture.AddTenantAsync();
        (await tenant.Administrator.PostAsync("/api/v1/staff", new { email = NewAddress(), name = "Eve" })).Expect(403);
        var person = (await fixture.Operator.PostAsync("/api/v1/staff", new { email = NewAddress(), name = "Olga" })).Expect(201).Field("personId");

        (await tenant.Administrator.DeleteAsync($"/api/v1/staff/{person}")).Expect(403);
        (await fixture.Operator.DeleteAsync($"/api/v1/staff/{person}")).Expect(204);
        (await fixture.Operator.DeleteAsync($"/api/v1/staff/{person}")).Expect(404);
    }

    private static string NewAddress() => $"jo-{Guid.NewGuid():N}@example.test";
}
