using RechargeGrains.Api.Hooks;
using RechargeGrains.Silo.Storage;

namespace RechargeGrains.Api.Tests.Hooks;

/// <summary>With real time in small spans: what waits for what is up to the machine, and what comes of it is not.</summary>
public sealed class SecondAskTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SecondAsk _second = new(TimeProvider.System, pause: TimeSpan.FromMilliseconds(1), hangs: TimeSpan.FromMilliseconds(20));
    private int _calls;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static Task<int> Never => new TaskCompletionSource<int>().Task;

    public void Dispose() => _second.Dispose();

    [Fact]
    public async Task What_a_lost_silo_failed_is_asked_once_more() =>
        Assert.Equal(2, await AskAsync(call => call == 1 ? Task.FromException<int>(new SiloUnavailableException("It is gone.")) : Task.FromResult(call)));

    [Fact]
    public async Task What_fails_the_second_time_has_failed()
    {
        await Assert.ThrowsAsync<SiloUnavailableException>(() => AskAsync(_ => Task.FromException<int>(new SiloUnavailableException("It is gone."))));

        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task What_the_store_failed_is_not_asked_again()
    {
        var failure = new SiloUnavailableException("Not activated.", new StorageUnavailableException("The database is down."));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => AskAsync(_ => Task.FromException<int>(failure)));

        Assert.Equal(1, _calls);
    }

    [Fact]
    public async Task What_hangs_is_asked_once_more() => Assert.Equal(2, await AskAsync(call => call == 1 ? Never : Task.FromResult(call)));

    [Fact]
    public async Task What_answers_late_counts_all_the_same()
    {
        var first = new TaskCompletionSource<int>();
        Assert.Equal(1, await AskAsync(call =>
        {
            if (call == 1)
                return first.Task;
            first.SetResult(1);
            return Never;
        }));
    }

    [Fact]
    public async Task What_never_answers_is_given_up_in_time()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(_ => Never, TimeSpan.FromMilliseconds(100)));

        Assert.Equal(2, _calls);
    }

    [Fact]
    public async Task When_everything_hangs_only_a_few_are_asked_again()
    {
        const int Many = 500;
        var asking = Enumerable.Range(0, Many).Select(_ => AskAsync(_ => Never, TimeSpan.FromMilliseconds(200)));
        await Assert.ThrowsAsync<TimeoutException>(() => Task.WhenAll(asking));

        Assert.InRange(Volatile.Read(ref _calls), Many + 1, Many + (10 * SecondAsk.MostASecond));
    }

    private Task<int> AskAsync(Func<int, Task<int>> answer, TimeSpan? limit = null) =>
        _second.AskAsync(() => answer(Interlocked.Increment(ref _calls)), limit ?? Patience, Ct);
}
