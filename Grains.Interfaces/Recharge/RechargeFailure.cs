namespace RechargeGrains.Recharge;

/// <summary>Classes of failure at Recharge, by what a caller can do about them.</summary>
[GenerateSerializer, Alias("rg.recharge-failure.v1")]
public enum RechargeFailure
{
    /// <summary>Not reached, time-out, 429 or 5xx for longer than the retries last. Try again later.</summary>
    Unavailable = 0,

    /// <summary>401: the key is refused.</summary>
    KeyRefused = 1,

    /// <summary>403: the key lacks a scope.</summary>
    MissingScope = 2,

    /// <summary>Another 4xx: the request itself is refused and will be next time.</summary>
    Refused = 3,
}
