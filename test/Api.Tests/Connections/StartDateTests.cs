namespace RechargeGrains.Api.Tests.Connections;

/// <summary>The example of the set-up guide: Jane was updated at Recharge on 2022-02-03 at 01:32.</summary>
public sealed class StartDateTests(StartDateTests.Fixture fixture) : IClassFixture<StartDateTests.Fixture>
{
    [Theory]
    [InlineData("2022-01-01 00:00", true)]
    [InlineData("2022-01-01", true)]
    [InlineData("2022-06-01 00:00", false)]
    [InlineData("2022-06-01", false)]
    [InlineData("2022-02-03T01:31:59Z", true)]
    [InlineData("2022-02-03T01:32:00Z", false)]
    [InlineData("2022-02-03T03:31:00+02:00", true)]
    [InlineData("2022-02-03T03:33:00+02:00", false)]
    [InlineData("2022-02-02T20:31:00-05:00", true)]
    [InlineData("2022-02-02T20:33:00-05:00", false)]
    public async Task Jane_is_imported_when_she_was_updated_after_the_start_date(string startDate, bool isImported)
    {
        var connection = await fixture.AddConnectionAsync(startDate);

        var status = await connection.StatusAsync();
        Assert.Equal(isImported ? 1 : 0, (int)status["import"]!["customersRead"]!);
        Assert.Equal(isImported ? ["jane@example.test"] : [], connection.Ometria.Contacts.Select(contact => contact.Email));
        Assert.Empty(connection.Ometria.Events);
    }

    public sealed class Fixture : ProductFixture
    {
        protected override void Configure(SandboxOptions options)
        {
            options.Now = new DateTimeOffset(2022, 2, 3, 1, 32, 0, TimeSpan.Zero);
            options.ClockSpeed = 0;
            options.RealTimeRateLimits = true;
        }

        protected override Task PrepareAsync()
        {
            var jane = Sandbox.Store.AddCustomer("jane@example.test");
            Sandbox.Store.CreateSubscription(jane.Id);
            return Task.CompletedTask;
        }
    }
}
