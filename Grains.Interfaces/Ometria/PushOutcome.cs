namespace RechargeGrains.Ometria;

/// <summary>Classes of answers to a push, by what the sender does next.</summary>
[GenerateSerializer, Alias("rg.push-outcome.v1")]
public enum PushOutcome
{
    /// <summary>2xx. Some records may still be rejected: see the counts.</summary>
    Accepted = 0,

    /// <summary>429: over the rate or Ometria's queue is full. The account pauses; try again.</summary>
    Throttled = 1,

    /// <summary>5xx, time-out, reset: unknown whether anything arrived. Send the same again later.</summary>
    Unavailable = 2,

    /// <summary>401 or 403: the key is refused. Everything waits for another key.</summary>
    KeyRefused = 3,

    /// <summary>400, 413, 422 or another 4xx: one of the records is at fault. Split to find it.</summary>
    BadBatch = 4,
}
