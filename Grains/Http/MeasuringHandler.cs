namespace RechargeGrains.Grains.Http;

/// <summary>Tells what became of every attempt of a request: the status, or null where there was no answer, and how long it took.</summary>
internal sealed class MeasuringHandler(Action<int?, TimeSpan> tell, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sentAt = time.GetTimestamp();
        int? status = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = (int)response.StatusCode;
            return response;
        }
        finally
        {
            tell(status, time.GetElapsedTime(sentAt));
        }
    }
}
