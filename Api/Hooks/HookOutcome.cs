namespace RechargeGrains.Api.Hooks;

/// <summary>What becomes of a webhook, in the words of its metric.</summary>
internal static class HookOutcome
{
    /// <summary>Its customer learnt something new.</summary>
    public const string Applied = "applied";

    /// <summary>Its customer knew it already.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>Nothing that anybody needs.</summary>
    public const string NotNeeded = "not_needed";

    /// <summary>It could not be understood and is kept.</summary>
    public const string SetAside = "set_aside";

    public const string UnknownKey = "unknown_key";

    public const string BadSignature = "bad_signature";

    public const string TooLarge = "too_large";

    /// <summary>It did not come as HTTP says it has to.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>Too many at once, or no room for what waits.</summary>
    public const string Busy = "busy";

    /// <summary>More than the tenant's quota.</summary>
    public const string OverQuota = "over_quota";

    /// <summary>The sender went away.</summary>
    public const string Aborted = "aborted";

    /// <summary>It could not be stored.</summary>
    public const string Failed = "failed";

    public static readonly IReadOnlyList<string> All =
        [Applied, Duplicate, NotNeeded, SetAside, UnknownKey, BadSignature, TooLarge, Unreadable, Busy, OverQuota, Aborted, Failed];
}
