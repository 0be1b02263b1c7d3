namespace RechargeGrains.Deliveries;

/// <summary>
/// Sends many events of one connection again (key: <see cref="Keys.ConnectionKey"/>): all lines of the delivery log that match, oldest
/// first, under the ids they had. One replay at a time; it goes on after a restart at the page it was on, of which it may then take
/// some events a second time.
/// </summary>
[Alias("rg.replay")]
public interface IReplayGrain : IGrainWithStringKey
{
    /// <summary>How many events a replay would send now.</summary>
    [Alias("count"), ResponseTimeout("00:10:00")]
    Task<long> CountAsync(ReplayRange range);

    /// <summary>Starts a replay and answers its status, or null while another one is under way.</summary>
    [Alias("start")]
    Task<ReplayStatus?> StartAsync(ReplayRange range);

    /// <summary>The last replay, or null if there was none.</summary>
    [Alias("status")]
    Task<ReplayStatus?> GetStatusAsync();

    /// <summary>Goes on with what a restart interrupted.</summary>
    [Alias("wake")]
    Task WakeAsync();
}
