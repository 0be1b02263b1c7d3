using Serilog.Core;
using Serilog.Events;

namespace RechargeGrains.Silo.Hosting;

/// <summary>
/// Lets the same warning or error through twenty times in ten seconds and no more: while a database is away every call has something to say,
/// and a log of thousands of lines a second hides the one that counts. The first line of the next ten seconds says in <c>LeftOut</c> how many there were.
/// </summary>
internal sealed class RepeatedLines(TimeProvider time) : ILogEventFilter
{
    private const int Most = 20;

    /// <summary>Texts are few, unless a program makes them up; then it begins anew.</summary>
    private const int MostTexts = 2_000;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string? Source, string Text), Count> _counts = [];

    public bool IsEnabled(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Warning)
            return true;
        var source = (logEvent.Properties.GetValueOrDefault(Constants.SourceContextPropertyName) as ScalarValue)?.Value as string;
        var now = time.GetTimestamp();
        lock (_gate)
        {
            if (_counts.Count > MostTexts)
                _counts.Clear();
            var key = (source, logEvent.MessageTemplate.Text);
            var count = _counts.GetValueOrDefault(key);
            if (count is null || time.GetElapsedTime(count.Since, now) >= Span)
            {
                if (count is { LeftOut: > 0 })
                    logEvent.AddPropertyIfAbsent(new LogEventProperty("LeftOut", new ScalarValue(count.LeftOut)));
                _counts[key] = new Count { Since = now, Passed = 1 };
                return true;
            }

            if (count.Passed < Most)
            {
                count.Passed++;
                return true;
            }

            count.LeftOut++;
            return false;
        }
    }

    private sealed class Count
    {
        public long Since { get; init; }

        public int Passed { get; set; }

        public int LeftOut { get; set; }
    }
}
