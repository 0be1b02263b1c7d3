using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Grains.Work;

namespace RechargeGrains.Grains.Tests.Work;

public sealed class GrainWorkerTests
{
    private readonly FakeTimeProvider _time = new(Given.Start);

    [Fact]
    public async Task It_works_until_there_is_nothing_to_do_and_again_when_poked()
    {
        var steps = 0;
        var idle = new SemaphoreSlim(0);
        await using var turn = new Turn();
        var worker = new GrainWorker(
            _ =>
            {
                if (++steps % 3 != 0)
                    return Task.FromResult<TimeSpan?>(TimeSpan.Zero);
                idle.Release();
                return Task.FromResult<TimeSpan?>(null);
            },
            (_, _) => { },
            () => { },
            _time);

        await turn.RunAsync(worker.Poke);
        await idle.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, steps);
        await turn.RunAsync(worker.Poke);
        await idle.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(6, steps);
    }

    [Fact]
    public async Task A_step_that_throws_is_reported_and_tried_again_after_the_pause()
    {
        var failed = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var succeeded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var turn = new Turn();
        var worker = new GrainWorker(
            _ =>
            {
                if (!failed.Task.IsCompleted)
                    throw new InvalidOperationException("no luck");
                succeeded.SetResult();
                return Task.FromResult<TimeSpan?>(null);
            },
            (failure, pause) =>
            {
                Assert.Equal("no luck", failure.Message);
                failed.SetResult(pause);
            },
            () => { },
            _time);

        await turn.RunAsync(worker.Poke);
        var pause = await failed.Task;
        // In a turn of its own, so that the worker has begun its pause.
        await turn.RunAsync(() => { });
        _time.Advance(pause - TimeSpan.FromMilliseconds(1));
        await turn.RunAsync(() => Assert.False(succeeded.Task.IsCompleted));
        _time.Advance(TimeSpan.FromMilliseconds(2));
        await succeeded.Task;
    }

    [Fact]
    public async Task A_poke_ends_a_pause()
    {
        var steps = 0;
        var again = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var turn = new Turn();
        var worker = new GrainWorker(
            _ =>
            {
                (++steps == 1 ? first : again).SetResult();
                return Task.FromResult<TimeSpan?>(steps == 1 ? TimeSpan.FromHours(1) : null);
            },
            (_, _) => { },
            () => { },
            _time);

        await turn.RunAsync(worker.Poke);
        await first.Task;
        await turn.RunAsync(worker.Poke);
        await again.Task;
        Assert.Equal(2, steps);
    }

    [Fact]
    public async Task After_it_was_stopped_a_poke_starts_nothing()
    {
        var steps = 0;
        await using var turn = new Turn();
        var worker = new GrainWorker(
            _ =>
            {
                steps++;
                return Task.FromResult<TimeSpan?>(null);
            },
            (_, _) => { },
            () => { },
            _time);

        await turn.RunAsync(() => worker.StopAsync(CancellationToken.None));
        await turn.RunAsync(worker.Poke);
        await turn.RunAsync(() => { });
        Assert.Equal(0, steps);
    }
}
