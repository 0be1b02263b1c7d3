using Microsoft.Extensions.Time.Testing;
using RechargeGrains.Silo.Hosting;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace RechargeGrains.Silo.Tests.Hosting;

public sealed class RepeatedLinesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly Lines _lines = new();
    private readonly Logger _log;

    public RepeatedLinesTests() => _log = new LoggerConfiguration().Filter.With(new RepeatedLines(_time)).WriteTo.Sink(_lines).CreateLogger();

    public void Dispose() => _log.Dispose();

    [Fact]
    public void The_same_error_comes_twenty_times_and_then_says_how_many_were_left_out()
    {
        for (var i = 0; i < 1_000; i++)
            _log.Error("The database is down, {Attempt}", i);
        Assert.Equal(20, _lines.All.Count);

        _time.Advance(TimeSpan.FromSeconds(10));
        _log.Error("The database is down, {Attempt}", 1_000);

        Assert.Equal("980", _lines.All[^1].Properties["LeftOut"].ToString());
    }

    [Fact]
    public void Another_line_is_not_held_back_by_it()
    {
        for (var i = 0; i < 100; i++)
            _log.Error("The database is down");
        _log.Warning("The disk is full");
        _log.ForContext("SourceContext", "elsewhere").Error("The database is down");

        Assert.Equal(22, _lines.All.Count);
    }

    [Fact]
    public void What_is_no_trouble_is_never_left_out()
    {
        for (var i = 0; i < 100; i++)
            _log.Information("Started");

        Assert.Equal(100, _lines.All.Count);
    }

    private sealed class Lines : ILogEventSink
    {
        public List<LogEvent> All { get; } = [];

        public void Emit(LogEvent logEvent) => All.Add(logEvent);
    }
}
