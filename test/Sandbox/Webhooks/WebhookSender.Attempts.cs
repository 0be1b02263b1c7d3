using System.Net.Http.Headers;

namespace RechargeGrains.Sandbox;

public sealed partial class WebhookSender
{
    private void MakeDue(WebhookDelivery delivery)
    {
        Interlocked.Increment(ref _busy);
        if (!_due.Writer.TryWrite(delivery))
            Interlocked.Decrement(ref _busy);
    }

    private void MakeDueAt(WebhookDelivery delivery, DateTimeOffset instant)
    {
        var wait = instant - _clock.GetUtcNow();
        if (wait <= TimeSpan.Zero)
        {
            MakeDue(delivery);
            return;
        }

        ITimer? timer = null;
        timer = _clock.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                MakeDue(delivery);
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private async Task WorkAsync()
    {
        try
        {
            await foreach (var delivery in _due.Reader.ReadAllAsync(_stopping.Token))
            {
                if (Registry.Find(delivery.Webhook.Id) is null)
                    Forsake(delivery, WebhookState.Dropped);
                else
                    Settle(delivery, await AttemptAsync(delivery));
                Interlocked.Decrement(ref _busy);
                _changed.Raise();
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The sandbox stops; what is not sent is not sent.
        }
    }

    private async Task<WebhookAttempt> AttemptAsync(WebhookDelivery delivery)
    {
        var at = _clock.GetUtcNow();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        deadline.CancelAfter(_options.WebhookTimeout);
        try
        {
            using var request = Signed(delivery, at);
            using var response = await _http.SendAsync(request, deadline.Token);
            return new WebhookAttempt(at, (int)response.StatusCode, null);
        }
        catch (OperationCanceledException) when (!_stopping.IsCancellationRequested)
        {
            return new WebhookAttempt(at, null, "no answer in time");
        }
        catch (HttpRequestException error)
        {
            return new WebhookAttempt(at, null, error.Message);
        }
    }

    private HttpRequestMessage Signed(WebhookDelivery delivery, DateTimeOffset at)
    {
        var signedAt = _options.WebhookRetriesAreResigned || delivery.Attempts.Count == 0 ? at : delivery.Attempts[0].At;
        var secret = delivery.Webhook.Token.ClientSecret;
        var request = new HttpRequestMessage(HttpMethod.Post, delivery.Address) { Content = new ByteArrayContent(delivery.Body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.HeaderValue(secret, signedAt, delivery.Body));
        request.Headers.Add(WebhookSignature.TimestampHeader, signedAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.LegacyHeader, WebhookSignature.Legacy(secret, delivery.Body));
        request.Headers.Add(WebhookSignature.TopicHeader, delivery.Topic);
        request.Headers.Add(WebhookSignature.DomainHeader, _options.StoreDomain);
        return request;
    }

    private void Settle(WebhookDelivery delivery, WebhookAttempt attempt)
    {
        delivery.Record(attempt);
        Interlocked.Increment(ref _attempts);
        if (!IsFailure(attempt.Status))
        {
            Deliver(delivery, attempt.Status is >= 200 and < 300);
        }
        else if (delivery.Attempts.Count >= _schedule.Attempts)
        {
            Forsake(delivery, WebhookState.GivenUp);
            Registry.Remove(delivery.Webhook.Id);
            LogRegistrationDeleted(delivery.Webhook.Id, delivery.Topic, delivery.Attempts.Count);
        }
        else
        {
            delivery.State = WebhookState.Retrying;
            // Counted from the first attempt, so a clock that jumps 48 hours makes every remaining retry due.
            MakeDueAt(delivery, delivery.Attempts[0].At + _schedule.After(delivery.Attempts.Count));
        }
    }

    private void Deliver(WebhookDelivery delivery, bool taken)
    {
        if (taken && delivery.Fact is { } fact)
            Moments.Answered(fact);
        delivery.State = WebhookState.Delivered;
        Interlocked.Increment(ref taken ? ref _delivered : ref _refused);
        if (taken)
            Delivered?.Invoke(delivery);
    }

    private void Forsake(WebhookDelivery delivery, WebhookState state)
    {
        delivery.State = state;
        Interlocked.Increment(ref _forsaken);
    }

    private bool IsFailure(int? status) => status switch
    {
        null or 408 or 429 or >= 500 => true,
        _ => _options.WebhookFailsOnAnyNon2xx && status is < 200 or >= 300,
    };

    [LoggerMessage(201, LogLevel.Warning, "Webhook {Webhook} ({Topic}) was deleted after {Attempts} failed attempts")]
    private partial void LogRegistrationDeleted(long webhook, string topic, int attempts);
}
