namespace RechargeGrains.Grains.Http;

/// <summary>
/// Sends and reads bodies as a whole. Reads one to its end before the answer counts as one. Recharge's 200 can be shorter than it says, and a connection that
/// breaks in the middle is then a failed attempt like any other, which is retried.
/// </summary>
internal sealed class WholeBodyHandler : DelegatingHandler
{
    /// <summary>Far above a page of 250 customers with their subscriptions.</summary>
    private const int MaxBodyBytes = 64 * 1024 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // With its length known in advance: not everybody who takes JSON takes it in chunks.
        if (request.Content is not null)
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxBodyBytes, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
