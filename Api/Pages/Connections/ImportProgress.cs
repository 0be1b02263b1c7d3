using RechargeGrains.Api.Pages.Shared;

namespace RechargeGrains.Api.Pages.Connections;

/// <summary>How many customers an import had read at one moment.</summary>
public readonly record struct ImportSample(DateTimeOffset At, long Read);

/// <summary>How far an import is, how fast it goes and how long it still takes, as far as that can be known. Pure.</summary>
/// <param name="Read">Customers read so far.</param>
/// <param name="Total">How many there are, roughly; null if nobody has counted them.</param>
/// <param name="PerSecond">Customers read in a second lately; null until there are two looks to compare.</param>
/// <param name="Left">Null where total or pace are unknown.</param>
public sealed record ImportProgress(long Read, long? Total, double? PerSecond, TimeSpan? Left)
{
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromSeconds(1);

    /// <summary>Up to 100; null where the total is unknown.</summary>
    public double? Percent => Total is { } total and > 0 ? 100d * Read / total : null;

    /// <param name="earlier">A look before, or the start with nothing read.</param>
    /// <param name="now">The last look.</param>
    /// <param name="total">How many were counted before; of no use once more were read.</param>
    public static ImportProgress Of(ImportSample earlier, ImportSample now, long? total)
    {
        var known = total >= now.Read ? total : null;
        var span = now.At - earlier.At;
        double? pace = span >= ShortestSpan && now.Read >= earlier.Read ? (now.Read - earlier.Read) / span.TotalSeconds : null;
        TimeSpan? left = known is { } all && pace is { } perSecond and > 0 ? TimeSpan.FromSeconds(Math.Ceiling((all - now.Read) / perSecond)) : null;
        return new ImportProgress(now.Read, known, pace, left);
    }

    public string InWords()
    {
        var read = Total is { } total ? $"{Times.Number(Read)} of about {Times.Number(total)} customers read" : $"{Times.Number(Read)} customers read so far";
        var pace = PerSecond switch
        {
            null => "",
            0 => ", none just now",
            < 1 => $", {PerSecond * 60:0} a minute",
            _ => $", {PerSecond:0} a second",
        };
        return $"{read}{pace}{(Left is { } left ? $", about {Times.Span(left)} left" : "")}";
    }
}
