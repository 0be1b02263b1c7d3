using Microsoft.Extensions.Http;

namespace RechargeGrains.Month;

/// <summary>Counts each call that the product makes, from its first byte to the last one of its answer.</summary>
internal sealed class CallWatch(InFlight inFlight) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        // Nearest to the wire: what waits for its turn or for a retry waits for the clock.
        builder.AdditionalHandlers.Add(new Counting(inFlight));
    };

    private sealed class Counting(InFlight inFlight) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            inFlight.DuringAsync(async () =>
            {
                var response = await base.SendAsync(request, cancellationToken);
                await response.Content.LoadIntoBufferAsync(cancellationToken);
                return response;
            });
    }
}
