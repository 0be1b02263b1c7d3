using RechargeGrains.PrivatePostgres;

namespace RechargeGrains.Api.Tests.Chaos;

/// <summary>
/// The short form of <c>dotnet run --project test/Sandbox -- chaos</c>: kills, frozen moments, failing storage and every way in which
/// Ometria can fail, at once.
/// </summary>
public sealed class ChaosTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recharge-grains-chaos-").FullName;

    [Fact]
    public async Task Whatever_fails_the_books_balance()
    {
        var stopping = TestContext.Current.CancellationToken;
        var options = new ChaosOptions { Events = 1_500, Kills = 3, Seed = 1, Customers = 100, Connections = 32 };
        await using var run = await ChaosRun.StartAsync(options, _folder, ct: stopping);

        var result = await run.PlayAsync(stopping);

        var books = result.Books;
        Assert.Empty(books.Findings);
        Assert.Equal((0, 0, 0, 0, 0), (books.Lost, books.Doubled, books.OutOfOrder, books.WrongCounts, books.Unknown));
        Assert.True(books.Balance);
        Assert.Empty(run.Sandbox.Ometria.Violations);
        Assert.Equal(result.Events, books.Lines.Sum(line => line.Happened));
        // It was no quiet run: all kills struck, they cost webhooks their answers, and answers of Ometria were lost.
        Assert.Equal(options.Kills, result.Kills);
        Assert.True(result.Webhooks.Attempts > result.Webhooks.Delivered, result.Webhooks.ToString());
        Assert.Equal((0, 0), (result.Webhooks.Refused, result.Webhooks.Forsaken));
        Assert.NotEqual(0, books.AcceptedAgain);
        Assert.NotEqual(0, books.Lines.Sum(line => line.Rejected));
    }

    /// <summary>
    /// Two silos, two Apis, a load balancer and a real database, as processes: a silo, an Api, all silos and all programs at once are killed, the database is
    /// killed and stalls, a silo stands still, and everything is restarted one by one.
    /// </summary>
    [Fact]
    public async Task Whatever_fails_in_a_cluster_the_books_balance()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var stopping = TestContext.Current.CancellationToken;
        var options = new ChaosOptions { Events = 1_500, Kills = 4, Seed = 2, Customers = 100, Connections = 32, Silos = 2 };
        await using var run = await ChaosRun.StartAsync(options, _folder, ct: stopping);

        var result = await run.PlayAsync(stopping);

        var books = result.Books;
        Assert.Empty(books.Findings);
        Assert.Equal((0, 0, 0, 0, 0), (books.Lost, books.Doubled, books.OutOfOrder, books.WrongCounts, books.Unknown));
        Assert.True(books.Balance);
        Assert.Empty(run.Sandbox.Ometria.Violations);
        Assert.Equal(result.Events, books.Lines.Sum(line => line.Happened));
        Assert.Equal(options.Kills, result.Kills);
        Assert.True(result.Webhooks.Attempts > result.Webhooks.Delivered, result.Webhooks.ToString());
        Assert.Equal((0, 0), (result.Webhooks.Refused, result.Webhooks.Forsaken));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
