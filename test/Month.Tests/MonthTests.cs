namespace RechargeGrains.Month.Tests;

/// <summary>
/// The short form of <c>dotnet run --project test/Month</c>: a few lively days around the change of clocks, with everything that goes
/// wrong in a month.
/// </summary>
public sealed class MonthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-month-").FullName;

    [Fact]
    public async Task After_outages_and_lost_webhooks_both_books_are_equal()
    {
        var options = new MonthOptions { Customers = 300, Days = MonthOptions.FewestDays, Liveliness = 6 };

        var books = await MonthRun.PlayAsync(options, _folder, new MonthProgress(), TestContext.Current.CancellationToken);

        Assert.Empty(books.Findings);
        Assert.True(books.Balance);
        Assert.Equal(options.Days + 1, books.Mornings.Count);
        Assert.All(books.Mornings, morning => Assert.Equal(morning.Customers, morning.Right));
        // It was no quiet month: something of each kind happened, and everything went wrong that was to go wrong.
        Assert.All(books.Events.Lines, line => Assert.NotEqual(0, line.Accepted));
        Assert.NotEqual(0, books.Charges.Due);
        Assert.NotEqual(0, books.LostWebhooks);
        Assert.NotEqual(0, books.RetriedWebhooks);
        Assert.NotEqual(0, books.RefusedCalls);
        Assert.NotEqual(0, (long)books.Status["counters"]!["duplicates"]!);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
