using Microsoft.Extensions.Options;
using RechargeGrains.Api.Http;
using RechargeGrains.Connections;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Recharge.Webhooks;
using RechargeGrains.Keys;
using RechargeGrains.Outbox;
using RechargeGrains.Silo.Hosting;

namespace RechargeGrains.Api.Hooks;

/// <summary>
/// The front door: what is answered 200 is durable. Anything that keeps it from being so is 503, and Recharge sends it again.
/// </summary>
internal static partial class HookEndpoints
{
    private const string RetryAfterSeconds = "30";

    /// <summary>
    /// Recharge gives five seconds. Whoever cannot be answered in time is answered 503, and makes room for others: one customer whose silo has
    /// died must not hold up those of the living.
    /// </summary>
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(4);

    public static void AddHooks(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HookOptions>().BindConfiguration(HookOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<HookOptions>, HookOptions>();
        builder.Services.AddSingleton<HookDirectory>();
        builder.Services.AddSingleton<BodyBudget>();
        builder.Services.AddSingleton<HookLine>();
        builder.Services.AddSingleton<FairShare>();
        builder.Services.AddSingleton<TenantRate>();
        builder.Services.AddSingleton(services => new SecondAsk(services.GetRequiredService<TimeProvider>(), pause: TimeSpan.FromMilliseconds(200), hangs: TimeSpan.FromSeconds(1.5)));
        builder.Services.AddSingleton<HookMetrics>();
        builder.Services.AddSingleton<HookCounters>();
        builder.Services.AddHostedService(services => services.GetRequiredService<HookCounters>());
    }

    /// <summary>
    /// Answered as soon as its address is recognised: signing in, pages and forms are no business of a program that calls thousands of times a second. What
    /// it needs of all that, its own limits and its own errors, is here.
    /// </summary>
    public static void MapHooks(this WebApplication app) => app
        .MapPost("/hooks/recharge/{hookKey}/{resource}/{action}", ReceiveAsync)
        .ShortCircuit()
        .WithTags("Webhooks");

    private static async Task<IResult> ReceiveAsync(
        string hookKey,
        string resource,
        string action,
        HttpContext context,
        HookDirectory directory,
        HookCounters counters,
        HookMetrics metrics,
        BodyBudget bodies,
        HookLine line,
        FairShare share,
        TenantRate rate,
        SecondAsk second,
        IGrainFactory grains,
        IOptions<HookOptions> options,
        TimeProvider time,
        Drain drain,
        ILogger<HookDirectory> logger)
    {
        var (beganAt, outcome) = (time.GetTimestamp(), HookOutcome.Failed);
        // A sender that stalls in the middle of a body must not hold up the end of the program.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, drain.Over);
        try
        {
            using var place = await line.EnterAsync(hookKey, AnswerWithin, reading.Token);
            if (!place.IsAcquired)
            {
                outcome = HookOutcome.Busy;
                return Busy(context);
            }

            if (await directory.FindAsync(hookKey).WaitAsync(Left(), time, context.RequestAborted) is not { } target)
            {
                outcome = HookOutcome.UnknownKey;
                return ApiError.NotFound();
            }

            using var reader = new BodyReader(bodies);
            if (await reader.ReadAsync(context.Request, options.Value.MaxBodyBytes, reading.Token) is not { } body)
            {
                outcome = HookOutcome.TooLarge;
                return ApiError.Of(StatusCodes.Status413PayloadTooLarge, "too_large", $"The body is larger than {options.Value.MaxBodyBytes} bytes.");
            }

            // Not before the body is here: who sends slowly must not take the turns of the connection's true sender.
            using var turn = await share.TakeTurnAsync(hookKey, Left(), reading.Token);
            if (turn is { IsAcquired: false })
            {
                outcome = HookOutcome.Busy;
                return Busy(context);
            }

            var now = time.GetUtcNow();
            if (!IsSigned(context.Request, body, target, now))
            {
                // The secret may have been replaced a moment ago.
                target = await directory.ReadAsync(hookKey).WaitAsync(Left(), time, context.RequestAborted);
                if (target is null || !IsSigned(context.Request, body, target, now))
                {
                    outcome = HookOutcome.BadSignature;
                    LogBadSignature(logger, target?.Connection.ConnectionId);
                    if (target is not null)
                        counters.CountBadSignature(target.Connection);
                    return ApiError.Of(StatusCodes.Status401Unauthorized, "bad_signature", "The signature does not match.");
                }
            }

            if (!rate.Allows(target))
            {
                outcome = HookOutcome.OverQuota;
                counters.CountOverQuota(target.Connection);
                return Busy(context);
            }

            var message = WebhookParser.Read(resource, action, body, now);
            // A copy: what is tried again may outlive this request, and the buffer does not.
            var aside = message.Problem is { } problem
                ? new SetAsideBody { Topic = $"{resource}/{action}", ReceivedAt = now, Body = body.ToArray(), Reason = problem }
                : null;
            // A body is added to those set aside, each time: that is not for asking twice.
            outcome = aside is null
                ? await second.AskAsync(() => TakeAsync(target, message, grains), Left(), context.RequestAborted)
                : await SetAsideAsync(target, aside, grains).WaitAsync(Left(), time, context.RequestAborted);
            counters.CountTaken(target.Connection, isDuplicate: outcome == HookOutcome.Duplicate);
            // Which is 200 as well; an Ok would ask for a logger each time.
            return TypedResults.Empty;
        }
        catch (BadHttpRequestException bad)
        {
            var isTooLarge = bad.StatusCode == StatusCodes.Status413PayloadTooLarge;
            outcome = isTooLarge ? HookOutcome.TooLarge : HookOutcome.Unreadable;
            var code = isTooLarge ? "too_large" : ApiError.InvalidRequest;
            return ApiError.Of(bad.StatusCode, code, "The body could not be read.");
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            outcome = HookOutcome.Aborted;
            // Nobody is there to be answered, and what was not answered is sent again.
            return TypedResults.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
        catch (Exception failure) when (failure is OutboxFullException or SetAsideFullException or BodyBudgetException)
        {
            outcome = HookOutcome.Busy;
            // Not a failure, and a line for each would drown everything else.
            return Busy(context);
        }
        catch (Exception failure)
        {
            outcome = HookOutcome.Failed;
            LogNotTaken(logger, failure);
            return Busy(context);
        }
        finally
        {
            metrics.Answered(outcome, time.GetElapsedTime(beganAt));
        }

        // Of the time in which Recharge wants an answer; reading the body counts too.
        TimeSpan Left()
        {
            var left = AnswerWithin - time.GetElapsedTime(beganAt);
            return left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    /// <summary>Durable when it completes. Answers what became of it.</summary>
    private static async Task<string> TakeAsync(HookTarget target, WebhookReading reading, IGrainFactory grains)
    {
        if (reading.Message is not { } message)
            return HookOutcome.NotNeeded;
        var customer = grains.GetKnown<ICustomerGrain>(new CustomerKey(target.Connection, reading.CustomerId).ToString());
        return await customer.ApplyWebhookAsync(message, target.Context) == ApplyOutcome.Duplicate ? HookOutcome.Duplicate : HookOutcome.Applied;
    }

    private static async Task<string> SetAsideAsync(HookTarget target, SetAsideBody body, IGrainFactory grains)
    {
        await grains.GetGrain<ISetAsideGrain>(target.Connection.ToString()).KeepAsync(body);
        return HookOutcome.SetAside;
    }

    private static bool IsSigned(HttpRequest request, ReadOnlyMemory<byte> body, HookTarget target, DateTimeOffset now) =>
        target.ClientSecrets.Count == 0 || WebhookSignature.IsValid(
            request.Headers.TryGetValue(WebhookSignature.Header, out var signature) ? signature.ToString() : null,
            request.Headers.TryGetValue(WebhookSignature.LegacyHeader, out var legacy) ? legacy.ToString() : null,
            body.Span,
            target.ClientSecrets,
            now);

    private static IResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ApiError.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The webhook could not be stored just now. Send it again.");
    }

    [LoggerMessage(5201, LogLevel.Warning, "A webhook of connection {ConnectionId} was refused: its signature does not match")]
    private static partial void LogBadSignature(ILogger logger, string? connectionId);

    [LoggerMessage(5202, LogLevel.Error, "A webhook could not be taken and was answered 503")]
    private static partial void LogNotTaken(ILogger logger, Exception failure);
}
