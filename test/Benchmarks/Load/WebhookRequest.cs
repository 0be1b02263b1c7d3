using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace RechargeGrains.Benchmarks.Load;

/// <summary>
/// A signed webhook <c>subscription/created</c> as the bytes that go over the wire, of a size that is usual for one that includes its
/// customer. Each next one is written into the same bytes: other ids, another second, another signature.
/// </summary>
internal sealed class WebhookRequest
{
    private const string IdMark = "1111111111";
    private const string CustomerMark = "2222222222";
    private const string InstantMark = "2000-01-01T00:00:00";
    private const string Seconds = "0000000000";

    private static readonly string Body = ReadBody();

    private static readonly int[] Ids = PlacesOf(IdMark);
    private static readonly int[] Customers = PlacesOf(CustomerMark);
    private static readonly int[] Instants = PlacesOf(InstantMark);

    private readonly byte[] _secret;
    private readonly byte[] _request;

    /// <summary>What is signed: the second, a dot, the body.</summary>
    private readonly byte[] _signed;

    private readonly int _secondsAt;
    private readonly int _signatureAt;
    private readonly int _bodyAt;
    private long _second;

    /// <param name="address">Where webhooks of the topic go.</param>
    /// <param name="secret">Recharge's client secret.</param>
    public WebhookRequest(Uri address, string secret)
    {
        _secret = Encoding.UTF8.GetBytes(secret);
        _signed = Encoding.UTF8.GetBytes($"{Seconds}.{Body}");
        var head = $"POST {address.AbsolutePath} HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n"
            + $"X-Recharge-Topic: subscription/created\r\nX-Recharge-Webhook-Signature: t={Seconds},v1={new string('0', 64)}\r\n\r\n";
        _request = Encoding.UTF8.GetBytes(head + Body);
        _secondsAt = head.IndexOf("t=0", StringComparison.Ordinal) + 2;
        _signatureAt = head.IndexOf("v1=0", StringComparison.Ordinal) + 3;
        _bodyAt = head.Length;
    }

    /// <summary>Bytes of a body.</summary>
    public static int BodyBytes => Body.Length;

    /// <summary>The next webhook. Valid until the one after it is asked for.</summary>
    /// <param name="id">Of the subscription; ten digits.</param>
    /// <param name="customer">Whose it is; ten digits.</param>
    /// <param name="now">When it happened, and is signed.</param>
    public ReadOnlyMemory<byte> Next(long id, long customer, DateTimeOffset now)
    {
        var body = _signed.AsSpan(Seconds.Length + 1);
        Write(body, Ids, id);
        Write(body, Customers, customer);
        var second = now.ToUnixTimeSeconds();
        if (second != _second)
        {
            _second = second;
            var instant = Encoding.UTF8.GetBytes(now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
            foreach (var at in Instants)
                instant.CopyTo(body[at..]);
            Write(_signed, [0], second);
            Write(_request, [_secondsAt], second);
        }

        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, _signed, hash);
        Convert.TryToHexStringLower(hash, _request.AsSpan(_signatureAt), out _);
        body.CopyTo(_request.AsSpan(_bodyAt));
        return _request;
    }

    private static string ReadBody()
    {
        using var file = typeof(WebhookRequest).Assembly.GetManifestResourceStream("webhook.json")!;
        return JsonNode.Parse(file)!.ToJsonString();
    }

    private static void Write(Span<byte> text, int[] places, long number)
    {
        foreach (var at in places)
        {
            if (!Utf8Formatter.TryFormat(number, text[at..], out _, new System.Buffers.StandardFormat('D', 10)))
                throw new ArgumentOutOfRangeException(nameof(number));
        }
    }

    private static int[] PlacesOf(string mark)
    {
        var places = new List<int>();
        for (var at = Body.IndexOf(mark, StringComparison.Ordinal); at >= 0; at = Body.IndexOf(mark, at + 1, StringComparison.Ordinal))
            places.Add(at);
        return [.. places];
    }
}
