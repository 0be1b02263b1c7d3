using System.Security.Cryptography;

namespace RechargeGrains.Benchmarks.Yardsticks;

/// <summary>
/// Yardstick (a): reads the body, checks the signature and answers 200. Nothing is kept. What a machine can do at most with Kestrel in front.
/// </summary>
internal static class BareEndpoint
{
    public static void Map(WebApplication app, string secret) => app.MapPost("/hooks/recharge/{key}/{resource}/{action}", async (HttpRequest request) =>
        await ReadAsync(request, secret) is null ? Results.Unauthorized() : Results.Ok());

    /// <summary>The body, if its signature holds.</summary>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, string secret)
    {
        var body = new byte[request.ContentLength ?? 0];
        await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
        return IsSigned(request.Headers["X-Recharge-Webhook-Signature"].ToString(), body, secret) ? body : null;
    }

    private static bool IsSigned(string header, byte[] body, string secret)
    {
        var parts = header.Split(",v1=");
        if (parts.Length != 2 || !parts[0].StartsWith("t=", StringComparison.Ordinal))
            return false;
        byte[] message = [.. Encoding.UTF8.GetBytes(parts[0][2..]), (byte)'.', .. body];
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), message))), Encoding.UTF8.GetBytes(parts[1]));
    }
}
