using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Silo.Tests.Hosting;

public sealed class DrainTests
{
    [Fact]
    public async Task It_goes_on_for_its_span_and_then_nothing_new_is_taken()
    {
        var time = new FakeTimeProvider();
        using var drain = new Drain(TimeSpan.FromSeconds(5), time);

        var stopping = drain.StoppingAsync(TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(drain.Over.IsCancellationRequested);
        time.Advance(TimeSpan.FromSeconds(0.1));
        await stopping;

        Assert.True(drain.Over.IsCancellationRequested);
    }

    [Fact]
    public async Task A_stop_that_has_no_time_left_does_not_wait()
    {
        using var drain = new Drain(TimeSpan.FromSeconds(5), new FakeTimeProvider());

        await drain.StoppingAsync(new CancellationToken(canceled: true));

        Assert.True(drain.Over.IsCancellationRequested);
    }

    [Theory]
    [InlineData(null, true, 0)]
    [InlineData(null, false, 5)]
    [InlineData("00:00:30", true, 30)]
    public void Who_runs_alone_has_nobody_to_wait_for(string? setting, bool isAlone, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Drain.SpanOf(Settings(setting), isAlone));

    [Theory]
    [InlineData("soon")]
    [InlineData("-00:00:01")]
    [InlineData("00:02:00")]
    public void What_makes_no_sense_is_refused(string setting) =>
        Assert.StartsWith("Hosting:DrainFor is ", Assert.Throws<SettingsException>(() => Drain.SpanOf(Settings(setting), true)).Message, StringComparison.Ordinal);

    private static IConfiguration Settings(string? drainFor) =>
        new ConfigurationBuilder().AddInMemoryCollection([new("Hosting:DrainFor", drainFor)]).Build();
}
