using System.Buffers;

namespace RechargeGrains.Grains.Http;

/// <summary>
/// Sends and reads bodies as a whole. Reads one to its end before the answer counts as one. Recharge's 200 can be shorter than it says, and a connection that
/// breaks in the middle is then a failed attempt like any other, which is retried. So is an answer beyond the bounds.
/// </summary>
/// <param name="maxBytes">The most that an answer may have, counted after it is unpacked.</param>
internal sealed class WholeBodyHandler(int maxBytes) : DelegatingHandler
{
    /// <summary>
    /// Commas in an answer: hardly anything is as small as an empty object in a list, and each becomes an object of ours a hundred times as
    /// large. Far above a page of 250 customers with their subscriptions.
    /// </summary>
    internal const int MaxValues = 2_000_000;

    private const int ChunkBytes = 64 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // With its length known in advance: not everybody who takes JSON takes it in chunks.
        if (request.Content is not (null or ByteArrayContent))
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken);
            if (CountValues(await response.Content.ReadAsStreamAsync(cancellationToken)) > MaxValues)
                throw new HttpRequestException("The answer has more values than any true one.");
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static long CountValues(Stream body)
    {
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        var count = 0L;
        while (body.Read(chunk) is > 0 and var read)
            count += chunk.AsSpan(0, read).Count((byte)',');
        ArrayPool<byte>.Shared.Return(chunk);
        body.Position = 0;
        return count;
    }
}
