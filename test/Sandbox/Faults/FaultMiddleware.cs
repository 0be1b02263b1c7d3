namespace RechargeGrains.Sandbox;

/// <summary>Stands in front of both sides and lets calls go wrong.</summary>
internal sealed class FaultMiddleware(SandboxFaults faults, SandboxClock clock)
{
    private const int MostInMemory = 16 * 1_024 * 1_024;

    private static readonly object Spoiled = new();

    /// <summary>Whether the call was carried out and its answer was, or will be, lost or made unreadable.</summary>
    public static bool IsSpoiled(HttpContext http) => http.Items.ContainsKey(Spoiled);

    public async Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        var side = http.Request.Path.StartsWithSegments(RechargeApi.Root) ? faults.Recharge
            : http.Request.Path.StartsWithSegments(OmetriaApi.Root) ? faults.Ometria
            : null;
        if (side is null)
        {
            await next(http);
            return;
        }

        try
        {
            await side.PassHoldAsync(http.RequestAborted);
            var request = http.Request;
            var body = side.HasRules ? await ReadBodyAsync(request) : string.Empty;
            if (side.Take(new FaultedCall(request.Method, request.Path, request.QueryString.Value ?? string.Empty, body)) is { } fault)
                await StrikeAsync(http, next, side, fault);
            else
                await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller hung up, as callers of a slow server do.
        }
    }

    /// <summary>Reads what was sent, and leaves it to be read again.</summary>
    private static async Task<string> ReadBodyAsync(HttpRequest request)
    {
        request.EnableBuffering(bufferThreshold: MostInMemory);
        using var reader = new StreamReader(request.Body, leaveOpen: true);
        var body = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return body;
    }

    private async Task StrikeAsync(HttpContext http, RequestDelegate next, FaultSide side, Fault fault)
    {
        if (fault.Wait > TimeSpan.Zero)
            await Task.Delay(fault.Wait, clock, http.RequestAborted);
        switch (fault.Kind)
        {
            case FaultKind.Delay:
                await next(http);
                break;
            case FaultKind.Status:
                await AnswerAsync(http, side, fault);
                break;
            case FaultKind.Hang:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
                break;
            case FaultKind.Reset:
                http.Abort();
                break;
            default:
                await SpoilAsync(http, await CarryOutAsync(http, next), fault.Kind);
                break;
        }
    }

    private static async Task AnswerAsync(HttpContext http, FaultSide side, Fault fault)
    {
        side.Decorate?.Invoke(http);
        http.Response.StatusCode = fault.StatusCode;
        if (fault.RetryAfter is { } wait)
            http.Response.Headers.RetryAfter = ((long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (fault.Body is not null)
            await http.Response.WriteAsync(fault.Body, http.RequestAborted);
    }

    /// <summary>Runs the call and keeps its answer back.</summary>
    private static async Task<byte[]> CarryOutAsync(HttpContext http, RequestDelegate next)
    {
        var real = http.Response.Body;
        using var kept = new MemoryStream();
        http.Response.Body = kept;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = real;
        }

        return kept.ToArray();
    }

    private static async Task SpoilAsync(HttpContext http, byte[] answer, FaultKind kind)
    {
        http.Items[Spoiled] = true;
        switch (kind)
        {
            case FaultKind.HangAfter:
                await Task.Delay(Timeout.InfiniteTimeSpan, http.RequestAborted);
                break;
            case FaultKind.Truncate:
                http.Response.ContentLength = answer.Length;
                await http.Response.Body.WriteAsync(answer.AsMemory(0, answer.Length / 2), http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                http.Abort();
                break;
            case FaultKind.Garbage:
                http.Response.StatusCode = StatusCodes.Status200OK;
                http.Response.ContentLength = null;
                await http.Response.WriteAsync("<html><body>upstream connect error</body></html>", http.RequestAborted);
                break;
            default:
                http.Abort();
                break;
        }
    }
}
