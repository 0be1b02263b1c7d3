using System.Buffers;

namespace RechargeGrains.Api.Hooks;

/// <summary>Reads the bytes of a request as they are, up to a limit, and holds room for them in the budget until it is disposed.</summary>
internal sealed class BodyReader(BodyBudget budget) : IDisposable
{
    private const int FirstBuffer = 4_096;

    // What a sender announces is believed so far only: memory goes to what has come.
    private const int MostBelieved = 64 * 1_024;

    /// <summary>So long a body may take to come. Recharge itself gives up after five seconds; the server lets a sender take over an hour.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(10);

    private long _taken;

    /// <summary>Null if there are more than <paramref name="limit"/>.</summary>
    /// <exception cref="BodyBudgetException">There is no room for it now.</exception>
    /// <exception cref="BadHttpRequestException">It came too slowly, or not as HTTP says.</exception>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (TakeWhatIsHere(request, limit) is { } body)
            return body;
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        reading.CancelAfter(Within);
        try
        {
            return await ReadAllAsync(request, limit, reading.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body came too slowly.", StatusCodes.Status408RequestTimeout);
        }
    }

    public void Dispose()
    {
        budget.Return(_taken);
        _taken = 0;
    }

    /// <summary>The body if all of it came with the headers, as most do; then nobody has to be watched. Null if there is something to wait for.</summary>
    private byte[]? TakeWhatIsHere(HttpRequest request, int limit)
    {
        if (request.ContentLength is not { } length || length > limit || !request.BodyReader.TryRead(out var here))
            return null;
        if (here.Buffer.Length < length)
        {
            request.BodyReader.AdvanceTo(here.Buffer.Start);
            return null;
        }

        Take(length);
        var body = here.Buffer.ToArray();
        request.BodyReader.AdvanceTo(here.Buffer.End);
        return body;
    }

    private async Task<ReadOnlyMemory<byte>?> ReadAllAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;
        var size = (int)Math.Min(request.ContentLength + 1 ?? FirstBuffer, MostBelieved);
        Take(size);
        var buffer = new byte[size];
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, length);
            length += read;
            if (length > limit)
                return null;
            if (length < buffer.Length)
                continue;
            size = Math.Min(limit + 1, buffer.Length * 2);
            Take(size - buffer.Length);
            Array.Resize(ref buffer, size);
        }
    }

    private void Take(long bytes)
    {
        budget.Take(bytes);
        _taken += bytes;
    }
}
