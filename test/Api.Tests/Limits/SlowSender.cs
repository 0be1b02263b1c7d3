using System.Net.Sockets;

namespace RechargeGrains.Api.Tests.Limits;

/// <summary>A connection that sends what it has to say as slowly as it likes.</summary>
internal sealed class SlowSender : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TcpClient _client = new();

    public static async Task<SlowSender> ConnectAsync(Uri address)
    {
        var sender = new SlowSender();
        await sender._client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        return sender;
    }

    /// <summary>Sends the head at once and so many bytes a second after it for as long as somebody listens; then the status that was answered, 0 if none.</summary>
    public async Task<int> SendAsync(string head, int bytesPerSecond, CancellationToken stopping)
    {
        var stream = _client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head), stopping);
        var answer = ReadAsync(stream, stopping);
        var piece = Encoding.Latin1.GetBytes(new string('a', bytesPerSecond));
        using var pace = new PeriodicTimer(Pause);
        try
        {
            while (!answer.IsCompleted && await pace.WaitForNextTickAsync(stopping))
                await stream.WriteAsync(piece, stopping);
        }
        catch (IOException)
        {
            // Hung up between two pieces.
        }

        return await answer;
    }

    /// <summary>Whether the other side has hung up without a word.</summary>
    public async Task<bool> IsClosedAsync(CancellationToken stopping) => await ReadAsync(_client.GetStream(), stopping) == 0;

    public void Dispose() => _client.Dispose();

    private static async Task<int> ReadAsync(NetworkStream stream, CancellationToken stopping)
    {
        var text = new StringBuilder();
        var buffer = new byte[1_024];
        try
        {
            while (await stream.ReadAsync(buffer, stopping) is > 0 and var read)
                text.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        catch (IOException)
        {
            // Reset, which ends it as well.
        }

        return text.Length == 0 ? 0 : int.Parse(text.ToString().Split(' ')[1], CultureInfo.InvariantCulture);
    }
}
