namespace RechargeGrains.Api.Hooks;

/// <summary>Reads the bytes of a request as they are, up to a limit.</summary>
internal static class BodyReader
{
    private const int FirstBuffer = 4_096;

    // What a sender announces is believed so far only: memory goes to what has come.
    private const int MostBelieved = 64 * 1_024;

    /// <summary>Null if there are more than <paramref name="limit"/>.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            return null;
        var buffer = new byte[(int)Math.Min(request.ContentLength + 1 ?? FirstBuffer, MostBelieved)];
        var length = 0;
        while (true)
        {
            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
                return buffer.AsMemory(0, length);
            length += read;
            if (length > limit)
                return null;
            if (length == buffer.Length)
                Array.Resize(ref buffer, Math.Min(limit + 1, buffer.Length * 2));
        }
    }
}
