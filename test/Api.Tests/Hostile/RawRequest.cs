using System.Net.Sockets;

namespace RechargeGrains.Api.Tests.Hostile;

/// <summary>Speaks to the product below HTTP, to say what no client would.</summary>
internal static class RawRequest
{
    /// <summary>Sends the bytes, ends the sending side if wanted, and answers the first status; 0 if the product hung up without one.</summary>
    public static async Task<int> SendAsync(Uri address, byte[] bytes, bool endSending)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience.Short);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(bytes, limit.Token);
            if (endSending)
                client.Client.Shutdown(SocketShutdown.Send);
            return StatusOf(await ReadHeadAsync(stream, limit.Token));
        }
        catch (IOException)
        {
            // Hung up while there was still something to be sent.
            return 0;
        }
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken stopping)
    {
        var head = new StringBuilder();
        var buffer = new byte[1_024];
        while (await stream.ReadAsync(buffer, stopping) is > 0 and var read)
        {
            head.Append(Encoding.Latin1.GetString(buffer, 0, read));
            // The interim answer to an expectation is none.
            var text = head.ToString().Replace("HTTP/1.1 100 Continue\r\n\r\n", "", StringComparison.Ordinal);
            if (text.Contains('\n', StringComparison.Ordinal))
                return text;
        }

        return "";
    }

    private static int StatusOf(string head) => head.Length == 0 ? 0 : int.Parse(head.Split(' ')[1], CultureInfo.InvariantCulture);
}
