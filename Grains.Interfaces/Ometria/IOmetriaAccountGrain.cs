using RechargeGrains.Accounts;
using RechargeGrains.Recharge;

namespace RechargeGrains.Ometria;

/// <summary>
/// One API key at Ometria and the only caller that pushes with it (key: <see cref="Keys.AccountKey"/>). Its pushes keep to the
/// account's rate, and connections that share it take turns.
/// </summary>
[Alias("rg.ometria-account")]
public interface IOmetriaAccountGrain : IGrainWithStringKey
{
    /// <summary>Checks a key by a cheap read and keeps it, encrypted, unless Ometria refuses it or cannot be reached.</summary>
    [Alias("set-key"), ResponseTimeout("00:02:00")]
    Task<KeyCheck> SetKeyAsync(string apiKey);

    [Alias("status")]
    Task<AccountStatus> GetStatusAsync();

    /// <summary>
    /// Pushes one batch of one type and classifies the answer. Never throws for what Ometria does; an outcome that is not
    /// <see cref="PushOutcome.Accepted"/> means that nothing is known to be accepted.
    /// </summary>
    /// <param name="lane">Who asks (a connection); lanes take turns.</param>
    /// <param name="records">1 to 100 serialized records of one type, each at most 60,000 bytes.</param>
    /// <param name="priority">Events are live; contacts can take their time.</param>
    /// <param name="cancellationToken">Gives up waiting for a turn; a push that is under way is finished.</param>
    [Alias("push"), ResponseTimeout("00:10:00")]
    Task<PushResult> PushAsync(string lane, IReadOnlyList<byte[]> records, CallPriority priority, CancellationToken cancellationToken = default);

    /// <summary>
    /// Timestamps for events that are about to be pushed, in their order: each its own, or one in a later slot where Ometria would ignore
    /// it as one too many (at most 1,000 of one type enter an automation at one go). What is given out counts for all
    /// connections of the account, also after a restart.
    /// </summary>
    [Alias("stamp")]
    Task<IReadOnlyList<DateTimeOffset>> StampAsync(IReadOnlyList<StampRequest> events);

    /// <summary>
    /// The latest errors that Ometria found after it had taken a push, at most <paramref name="maxAge"/> old; null if they cannot be read
    /// just now or with this key. One reading serves all connections of the account.
    /// </summary>
    [Alias("errors"), ResponseTimeout("00:02:00")]
    Task<PushErrorList?> ListErrorsAsync(TimeSpan maxAge);

    /// <summary>Seals anew what an older master key has sealed. Answers how many secrets it was.</summary>
    [Alias("seal-anew")]
    Task<int> SealAnewAsync();
}
