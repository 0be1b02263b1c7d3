using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Api.Hooks;
using RechargeGrains.Grains.Connections;

namespace RechargeGrains.Api.Tests.Hooks;

public sealed class HookLineTests
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(4);

    private readonly FakeTimeProvider _time = new();
    private readonly string _key = HookKey.New();

    [Fact]
    public async Task Who_finds_no_place_waits_and_who_finds_no_room_in_line_is_turned_away()
    {
        await using var line = NewLine(maxConcurrent: 66);
        var all = Enumerable.Range(0, 67).Select(_ => EnterAsync(line, _key)).ToList();
        Assert.Equal(64, all.Take(66).Count(place => place.IsCompleted));
        Assert.False((await all[66]).IsAcquired);

        (await all[0]).Dispose();
        Assert.True((await all[64]).IsAcquired);
        Assert.False(all[65].IsCompleted);
    }

    [Fact]
    public async Task One_address_takes_no_place_of_another()
    {
        await using var line = NewLine(maxConcurrent: 1);
        Assert.True((await EnterAsync(line, _key)).IsAcquired);
        Assert.False((await EnterAsync(line, _key)).IsAcquired);
        Assert.True((await EnterAsync(line, HookKey.New())).IsAcquired);
    }

    [Fact]
    public async Task What_can_be_no_address_shares_one_line()
    {
        await using var line = NewLine(maxConcurrent: 1);
        Assert.True((await EnterAsync(line, "guess-1")).IsAcquired);
        Assert.False((await EnterAsync(line, "guess-2")).IsAcquired);
        Assert.True((await EnterAsync(line, _key)).IsAcquired);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_its_sender_does()
    {
        await using var line = NewLine(maxConcurrent: 65);
        var all = Enumerable.Range(0, 65).Select(_ => EnterAsync(line, _key)).ToList();
        Assert.False(all[64].IsCompleted);

        _time.Advance(Within);
        Assert.False((await all[64]).IsAcquired);
        // And it left the line: its place is for the next.
        var next = EnterAsync(line, _key);
        (await all[0]).Dispose();
        Assert.True((await next).IsAcquired);
    }

    private HookLine NewLine(int maxConcurrent) => new(Options.Create(new HookOptions { MaxConcurrent = maxConcurrent }), _time);

    private static Task<RateLimitLease> EnterAsync(HookLine line, string key) =>
        line.EnterAsync(key, Within, TestContext.Current.CancellationToken).AsTask();
}
