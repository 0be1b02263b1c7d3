using System.Net.Http.Headers;

namespace RechargeGrains.Sandbox;

/// <summary>Speaks to the product's API with one token. Answers are JSON as it came, with the status beside it.</summary>
public sealed class ProductClient : IDisposable
{
    private readonly HttpClient _http;

    public ProductClient(Uri address, string? token)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(120) };
        if (token is not null)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public HttpClient Http => _http;

    public Task<ProductAnswer> GetAsync(string path, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<ProductAnswer> PostAsync(string path, object? body = null, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Post, path, body, cancellationToken);

    public Task<ProductAnswer> PutAsync(string path, object body, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Put, path, body, cancellationToken);

    public Task<ProductAnswer> DeleteAsync(string path, CancellationToken cancellationToken = default) =>
        SendAsync(HttpMethod.Delete, path, null, cancellationToken);

    /// <summary>Asks again until <paramref name="until"/> holds; the product has no address to wait at.</summary>
    public async Task<JsonNode> WaitForAsync(string path, Func<JsonNode, bool> until, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        JsonNode? last = null;
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        try
        {
            do
            {
                var answer = await GetAsync(path, limit.Token);
                last = answer.Body;
                if (answer.IsSuccess && last is not null && until(last))
                    return last;
            }
            while (await pace.WaitForNextTickAsync(limit.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Told below.
        }

        throw new TimeoutException($"{path} did not become what was waited for within {timeout}: {last?.ToJsonString()}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<ProductAnswer> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new ProductAnswer((int)response.StatusCode, text.Length == 0 ? null : ParseOrNull(text), text);
    }

    private static JsonNode? ParseOrNull(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
