namespace RechargeGrains.Sandbox;

/// <summary>One way in which a call goes wrong.</summary>
public sealed record Fault
{
    private Fault(FaultKind kind) => Kind = kind;

    public FaultKind Kind { get; }

    public int StatusCode { get; private init; }

    public string? Body { get; private init; }

    public TimeSpan? RetryAfter { get; private init; }

    /// <summary>Time on the sandbox clock before anything is done.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>The answer is lost: the call was carried out and no answer comes.</summary>
    public static Fault HangAfter { get; } = new(FaultKind.HangAfter);

    /// <summary>The answer is lost: the call was carried out and the connection dropped.</summary>
    public static Fault ResetAfter { get; } = new(FaultKind.ResetAfter);

    public static Fault Hang { get; } = new(FaultKind.Hang);

    public static Fault Reset { get; } = new(FaultKind.Reset);

    /// <summary>A 200 whose body is shorter than its Content-Length.</summary>
    public static Fault Truncate { get; } = new(FaultKind.Truncate);

    public static Fault Garbage { get; } = new(FaultKind.Garbage);

    public static Fault Status(int code, string? body = null, TimeSpan? retryAfter = null) =>
        new(FaultKind.Status) { StatusCode = code, Body = body, RetryAfter = retryAfter };

    /// <summary>Neither side is known to send <c>Retry-After</c>, so it is left out unless given.</summary>
    public static Fault TooManyRequests(TimeSpan? retryAfter = null) => Status(StatusCodes.Status429TooManyRequests, null, retryAfter);

    public static Fault Delay(TimeSpan wait) => new(FaultKind.Delay) { Wait = wait };
}
