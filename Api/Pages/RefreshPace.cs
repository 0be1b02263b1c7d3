namespace RechargeGrains.Api.Pages;

/// <summary>How long a page waits before it loads again. Pure.</summary>
internal static class RefreshPace
{
    /// <summary>So many times as long as a loading takes nothing is loaded, so that slow ones cannot take the machine for themselves.</summary>
    private const int Share = 5;

    /// <summary>So that a page is soon up to date again after the service did not answer for a while.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <param name="took">How long the last loading took.</param>
    /// <param name="every">How often the page wants to load.</param>
    public static TimeSpan PauseAfter(TimeSpan took, TimeSpan every)
    {
        var pause = TimeSpan.FromTicks(Math.Min(took.Ticks * Share, Longest.Ticks));
        return pause > every ? pause : every;
    }
}
