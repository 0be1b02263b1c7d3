using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Api.Pages.Staff;

namespace RechargeGrains.Api.Tests.Pages.Staff;

/// <summary>However many look, it is found out once, and what was known stays.</summary>
public sealed class SharedLookTests
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(4);

    private readonly FakeTimeProvider _time = new();
    private readonly Queue<TaskCompletionSource<string>> _loads = [];
    private readonly List<string?> _before = [];
    private readonly SharedLook<string> _look;

    public SharedLookTests()
    {
        _look = new SharedLook<string>(LoadAsync, GoodFor, TimeSpan.FromSeconds(1), _time);
    }

    [Fact]
    public async Task Many_who_look_at_once_wait_for_one_load()
    {
        var load = Expect();
        var looks = Enumerable.Range(0, 20).Select(_ => _look.LookAsync()).ToList();
        load.SetResult("one");

        Assert.All(await Task.WhenAll(looks), seen => Assert.Equal("one", seen.Value));
        Assert.Single(_before);
    }

    [Fact]
    public async Task It_is_loaded_again_once_it_is_old_and_not_before()
    {
        Expect().SetResult("one");
        Expect().SetResult("two");

        Assert.Equal("one", (await _look.LookAsync()).Value);
        _time.Advance(GoodFor - TimeSpan.FromMilliseconds(1));
        Assert.Equal("one", (await _look.LookAsync()).Value);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("two", (await _look.LookAsync()).Value);
        Assert.Equal([null, "one"], _before);
    }

    [Fact]
    public async Task What_was_known_and_its_age_stay_when_a_load_fails_which_is_not_tried_at_once_again()
    {
        var start = _time.GetUtcNow();
        Expect().SetResult("one");
        Expect().SetException(new TimeoutException("No answer."));
        Expect().SetResult("three");

        await _look.LookAsync();
        _time.Advance(GoodFor);
        var seen = await _look.LookAsync();
        Assert.Equal(("one", start, "No answer."), (seen.Value, seen.At, seen.Failure?.Message));
        await _look.LookAsync();
        Assert.Equal(2, _before.Count);
        _time.Advance(GoodFor);
        Assert.Equal(("three", null), ((await _look.LookAsync()).Value, (await _look.LookAsync()).Failure));
    }

    [Fact]
    public async Task Who_has_waited_long_enough_gets_what_is_known_and_the_load_goes_on()
    {
        var load = Expect();
        var look = _look.LookAsync();
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null((await look).Value);
        load.SetResult("late");
        Assert.Equal("late", (await _look.LookAsync()).Value);
        Assert.Single(_before);
    }

    private TaskCompletionSource<string> Expect()
    {
        var load = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loads.Enqueue(load);
        return load;
    }

    private Task<string> LoadAsync(string? before)
    {
        _before.Add(before);
        return _loads.Dequeue().Task;
    }
}
