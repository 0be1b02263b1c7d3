using System.Net;
using System.Net.Sockets;

namespace RechargeGrains.Benchmarks.Load;

/// <summary>
/// One kept-alive HTTP/1.1 connection that sends ready-made requests one after the other. It does no more than that, so that on a machine
/// which it shares with the server it takes as little as can be from it.
/// </summary>
internal sealed class LoadConnection(Uri server) : IDisposable
{
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] LastChunk = "0\r\n\r\n"u8.ToArray();

    private readonly byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    /// <summary>Sends a request and answers the status of its answer, once all of it is here.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken ct)
    {
        _socket ??= await ConnectAsync(ct);
        while (!request.IsEmpty)
            request = request[await _socket.SendAsync(request, SocketFlags.None, ct)..];
        var read = 0;
        while (true)
        {
            var count = await _socket.ReceiveAsync(_buffer.AsMemory(read), SocketFlags.None, ct);
            if (count == 0)
                throw new IOException("The server closed the connection.");
            read += count;
            if (StatusIn(_buffer.AsSpan(0, read)) is { } status)
                return status;
        }
    }

    public void Dispose() => _socket?.Dispose();

    private async Task<Socket> ConnectAsync(CancellationToken ct)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Parse(server.Host), server.Port, ct);
        return socket;
    }

    /// <summary>The status, if the answer is whole.</summary>
    private static int? StatusIn(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf(HeadEnd);
        if (end < 0)
            return null;
        var head = answer[..end];
        var body = answer[(end + HeadEnd.Length)..];
        var at = head.IndexOf("Content-Length: "u8);
        var isWhole = at < 0
            ? body.EndsWith(LastChunk)
            : body.Length >= int.Parse(Line(head[(at + "Content-Length: ".Length)..]), NumberStyles.None, CultureInfo.InvariantCulture);
        return isWhole ? int.Parse(head.Slice("HTTP/1.1 ".Length, 3), NumberStyles.None, CultureInfo.InvariantCulture) : null;
    }

    private static ReadOnlySpan<byte> Line(ReadOnlySpan<byte> text) => text.IndexOf((byte)'\r') is var end and >= 0 ? text[..end] : text;
}
