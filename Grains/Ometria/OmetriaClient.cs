using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RechargeGrains.Accounts;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Ometria.Client;
using RechargeGrains.Ometria;
using RechargeGrains.Recharge;
using Refit;

namespace RechargeGrains.Grains.Ometria;

/// <summary>Speaks to Ometria and puts its answers into words of ours. Holds no state.</summary>
internal sealed class OmetriaClient(IOmetriaApi api)
{
    /// <summary>Enough of an answer to tell what was wrong; the shape of error bodies is not documented.</summary>
    private const int MaxDetail = 500;

    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(20);

    public async Task<PushResult> PushAsync(
        string apiKey, IReadOnlyList<byte[]> records, CallBudget budget, string lane, CallPriority priority, CancellationToken cancellationToken)
    {
        using var body = Body(records);
        try
        {
            using var response = await api.PushAsync(body, apiKey, budget, lane, priority, cancellationToken);
            var text = await response.Content.ReadAsStringAsync(cancellationToken);
            var outcome = PushClassifier.Classify(response.StatusCode);
            var answer = outcome == PushOutcome.Accepted ? ReadAnswer(text) : null;
            return new PushResult
            {
                Outcome = outcome,
                Status = (int)response.StatusCode,
                RequestId = answer?.RequestId,
                Accepted = answer?.Accepted ?? (outcome == PushOutcome.Accepted ? records.Count : 0),
                Rejected = Math.Clamp(answer?.Rejected ?? 0, 0, records.Count),
                Detail = outcome == PushOutcome.Accepted ? null : text.Length <= MaxDetail ? text : text[..MaxDetail],
                RetryAfter = response.Headers.RetryAfter?.Delta,
            };
        }
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken))
        {
            return new PushResult { Outcome = PushOutcome.Unavailable };
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
                    Detail = $"Ometria answered {(int)status} to the check. Nothing was kept; try again in a minute.",
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
        var content = new ByteArrayContent(buffer.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", Encoding.UTF8.WebName);
        return content;
    }

    /// <summary>The counts of a 2xx, or null for a body that is not what is documented: the status alone already says "received".</summary>
    private static PushAnswerDto? ReadAnswer(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<PushAnswerDto>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Refit hands on what went wrong on the way inside an exception of its own.</summary>
    private static bool IsNoAnswer(Exception failure, CancellationToken cancellationToken) => failure switch
    {
        ApiRequestException { InnerException: { } cause } => IsNoAnswer(cause, cancellationToken),
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => failure is HttpRequestException or IOException or Polly.Timeout.TimeoutRejectedException,
    };
}
