namespace RechargeGrains.Api.Tests.Connections;

/// <summary>A re-import with a power cut in it: every contact is pushed again, whatever Ometria had made of it, and no event.</summary>
public sealed class ReimportTests(ReimportTests.Fixture fixture) : IClassFixture<ReimportTests.Fixture>
{
    private const int Customers = 2_250;

    [Fact]
    public async Task All_contacts_are_right_afterwards_also_those_that_ometria_lost_or_spoilt()
    {
        var sandbox = fixture.Sandbox;
        // Without upcoming charges, which are read by themselves and would be events of their own.
        var tenant = await fixture.AddTenantAsync(customEvents: ["subscription_created", "subscription_cancelled", "subscription_activated"]);
        var connection = await tenant.ConnectAsync();
        var first = await connection.WaitForAsync(status => (string?)status["state"] == "active");
        Assert.Equal("first", (string?)first["import"]!["kind"]);
        var contacts = sandbox.Ometria.Contacts.Select(contact => contact.Id).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Customers, contacts.Count);
        string[] lost = [contacts[0], contacts[1_100], contacts[^1]];
        string[] spoilt = [contacts[2], contacts[1_200], contacts[^2]];
        Assert.All(lost, id => Assert.True(sandbox.Ometria.LoseContact(id)));
        Assert.All(spoilt, id => Assert.True(sandbox.Ometria.SpoilContact(id, 99, 98)));
        // What the daily sync cannot know it does not mend.
        await connection.SyncAsync();
        Assert.Equal(lost.Length + spoilt.Length, Faults().Count);

        await connection.ActAsync("import");
        var asked = await connection.StatusAsync();
        Assert.Equal(("active", "reimport", "running"), Where(asked));
        Assert.Null((string?)asked["import"]!["finishedAt"]);
        var before = await connection.WaitForAsync(status => Read(status) >= 750);
        await fixture.KillAndStartAsync();
        var after = await connection.StatusAsync();
        Assert.InRange(Read(after), Read(before), Customers);
        Assert.Equal("active", (string?)after["state"]);
        Assert.Equal((string?)asked["import"]!["startedAt"], (string?)after["import"]!["startedAt"]);

        var status = await connection.WaitForAsync(status => (string?)status["import"]!["state"] == "finished");
        Assert.Equal(("active", "reimport", "finished"), Where(status));
        Assert.Equal((Customers, Customers), (Read(status), (int)status["import"]!["contactsSent"]!));
        Assert.NotNull((string?)status["import"]!["finishedAt"]);
        Assert.Empty(Faults());
        Assert.All(sandbox.Ometria.Contacts, contact => Assert.True(contact.Pushes >= (lost.Contains(contact.Id) ? 1 : 2)));
        Assert.Empty(sandbox.Ometria.Events);
        Assert.Empty(sandbox.Ometria.Violations);

        IReadOnlyList<string> Faults() => Proof.Of(sandbox, since: -1, DateTimeOffset.MinValue, upcomingUntil: null).Faults;
    }

    private static int Read(JsonNode status) => (int)status["import"]!["customersRead"]!;

    private static (string? Connection, string? Kind, string? State) Where(JsonNode status) =>
        ((string?)status["state"], (string?)status["import"]!["kind"], (string?)status["import"]!["state"]);

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(SandboxOptions options)
        {
            options.Customers = Customers;
            options.OmetriaPushesPerSecond = 10;
            options.BucketSize = 400;
            options.LeakPerSecond = 20;
        }

        protected override void Configure(ProductSettings settings) => settings.Environment["Ometria__PushesPerSecond"] = "8";
    }
}
