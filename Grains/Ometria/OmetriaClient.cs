using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RechargeGrains.Accounts;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Ometria.Client;
using RechargeGrains.Ometria;

namespace RechargeGrains.Grains.Ometria;

/// <summary>Speaks to Ometria and puts its answers into words of ours. Holds no state.</summary>
internal sealed class OmetriaClient(IOmetriaApi api, TimeProvider time)
{
    /// <summary>Far above a list of 100 errors, which is the longest of its answers.</summary>
    public const int MaxAnswerBytes = 4 * 1024 * 1024;

    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Pushes at once. There is no giving up: a push that was cancelled may have been accepted all the same. It ends by its time limit.</summary>
    public async Task<(PushResult Result, long? QueueRemaining)> PushAsync(string apiKey, IReadOnlyList<byte[]> records)
    {
        using var body = Body(records);
        try
        {
            using var response = await api.PushAsync(body, apiKey, CancellationToken.None);
            var text = await response.Content.ReadAsStringAsync(CancellationToken.None);
            return (PushAnswer.Read(response.StatusCode, text, RetryAfterOf(response), records.Count), QueueGauge.Read(response));
        }
        catch (Exception failure) when (IsNoAnswer(failure, CancellationToken.None))
        {
            return (new PushResult { Outcome = PushOutcome.Unavailable, MayHaveArrived = !WasNeverSent(failure) }, null);
        }
    }

    /// <summary>The latest errors of the account, newest first, or null if they could not be read.</summary>
    public async Task<IReadOnlyList<PushError>?> ReadErrorsAsync(string apiKey, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await api.ListErrorsAsync(apiKey, cancellationToken);
            return response.IsSuccessStatusCode
                ? PushErrorReader.Read(await response.Content.ReadAsStringAsync(cancellationToken))
                : null;
        }
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>
    /// Checks a key by a cheap read. A 403 says that it may not read, which a key made for pushing need not: it is kept as unverified.
    /// </summary>
    public async Task<KeyCheck> CheckAsync(string apiKey, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(CheckTimeout);
        try
        {
            using var response = await api.ProbeAsync(apiKey, timeout.Token);
            return response.StatusCode switch
            {
                >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => new KeyCheck { Verdict = KeyVerdict.Accepted },
                HttpStatusCode.Forbidden => new KeyCheck
                {
                    Verdict = KeyVerdict.AcceptedUnverified,
                    Detail = "The key could not be verified by reading, because Ometria does not let it read. It may still push: the first import will show.",
                },
                HttpStatusCode.Unauthorized => new KeyCheck
                {
                    Verdict = KeyVerdict.Rejected,
                    Detail = "Ometria refuses this key (401). Copy it again from Settings > API keys in Ometria.",
                },
                var status => new KeyCheck
                {
                    Verdict = KeyVerdict.Unreachable,
                    Detail = $"{StatusWords.Of("Ometria", (int)status)} Nothing was kept; try again in a minute.",
                },
            };
        }
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken))
        {
            return new KeyCheck { Verdict = KeyVerdict.Unreachable, Detail = "Ometria could not be reached. Nothing was kept; try again in a minute." };
        }
    }

    private static ByteArrayContent Body(IReadOnlyList<byte[]> records)
    {
        using var buffer = new MemoryStream(records.Sum(record => record.Length + 1) + 1);
        for (var i = 0; i < records.Count; i++)
        {
            buffer.WriteByte((byte)(i == 0 ? '[' : ','));
            buffer.Write(records[i]);
        }

        buffer.WriteByte((byte)']');
        var content = new ByteArrayContent(buffer.GetBuffer(), 0, (int)buffer.Length);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", Encoding.UTF8.WebName);
        return content;
    }

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } span } => span,
        { Date: { } instant } => instant - time.GetUtcNow(),
        _ => null,
    };

    /// <summary>Whether the push certainly stayed here: nobody was there to take it.</summary>
    private static bool WasNeverSent(Exception failure) => failure switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError } => true,
        Refit.ApiRequestException { InnerException: { } cause } => WasNeverSent(cause),
        _ => false,
    };

    private static bool IsNoAnswer(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or IOException or Polly.Timeout.TimeoutRejectedException
        // The generated client wraps what the network did.
        || (failure is Refit.ApiRequestException { InnerException: { } cause } && IsNoAnswer(cause, cancellationToken))
        || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
