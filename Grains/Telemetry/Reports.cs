using System.Collections.Concurrent;

namespace RechargeGrains.Grains.Telemetry;

/// <summary>
/// What the grains of this process say of themselves, for gauges that add it up. An activation counts from the first that it says until it
/// ends, so that a grain that moved to another process is counted there alone. Values are held and never the grain.
/// </summary>
internal sealed class Reports<T>
    where T : class
{
    private readonly ConcurrentDictionary<Report, T> _latest = new();

    /// <summary>What each of them said last.</summary>
    public IEnumerable<T> Latest => _latest.Values;

    public Report Open() => new(this);

    /// <summary>Of one activation.</summary>
    internal sealed class Report(Reports<T> all) : IDisposable
    {
        private bool _ended;

        /// <param name="value">Null: it has nothing to say any more.</param>
        public void Say(T? value)
        {
            if (value is null)
                all._latest.TryRemove(this, out _);
            // Work that was under way when the activation ended says something afterwards.
            else if (!_ended)
                all._latest[this] = value;
        }

        public void Dispose()
        {
            _ended = true;
            Say(null);
        }
    }
}
