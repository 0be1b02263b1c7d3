using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Silo.Health;

namespace RechargeGrains.Silo.Tests.Health;

public sealed class StoreProbeTests
{
    private readonly FakeTimeProvider _time = new();
    private int _asked;
    private Func<Task> _answer = () => Task.CompletedTask;

    [Fact]
    public async Task One_answer_serves_all_probes_of_a_few_seconds()
    {
        var probe = Probe();

        Assert.True(await AskAsync(probe));
        Assert.True(await AskAsync(probe));
        Assert.Equal(1, _asked);

        _time.Advance(StoreProbe.Kept);
        Assert.True(await AskAsync(probe));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task A_store_that_fails_is_told_and_found_well_again()
    {
        var probe = Probe();
        _answer = () => Task.FromException(new IOException("The disk is gone."));
        Assert.False(await AskAsync(probe));

        _answer = () => Task.CompletedTask;
        _time.Advance(StoreProbe.Kept);
        Assert.True(await AskAsync(probe));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_store_that_hangs_is_asked_once_however_many_probes_come()
    {
        var hanging = new TaskCompletionSource();
        // Else the rest of the test would run before the store has come to its wait.
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answer = () =>
        {
            asked.SetResult();
            return hanging.Task;
        };
        var probe = Probe();
        var waiting = AskAsync(probe);
        await asked.Task;
        _time.Advance(StoreProbe.TimeLimit);
        Assert.False(await waiting);

        for (var i = 0; i < 100; i++)
        {
            _time.Advance(StoreProbe.Kept);
            Assert.False(await AskAsync(probe));
        }

        Assert.Equal(1, _asked);
        _answer = () => Task.CompletedTask;
        hanging.SetResult();
        // Its answer comes by another thread.
        while (!await AskAsync(probe))
            await Task.Delay(1, TestContext.Current.CancellationToken);
    }

    private StoreProbe Probe() => new(
        () =>
        {
            _asked++;
            return _answer();
        },
        _time,
        NullLogger<StoreProbe>.Instance);

    private static Task<bool> AskAsync(StoreProbe probe) => probe.AnswersAsync(TestContext.Current.CancellationToken);
}
