namespace RechargeGrains.Api.Tests;

/// <summary>Speaks to the product's API for the test that runs: what it waits for ends with the test.</summary>
public sealed class TestClient(Uri address, string? token) : IDisposable
{
    private readonly ProductClient _client = new(address, token);

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    public string? Token => token;

    public HttpClient Http => _client.Http;

    public Task<ProductAnswer> GetAsync(string path) => _client.GetAsync(path, Stopping);

    public Task<ProductAnswer> PostAsync(string path, object? body = null) => _client.PostAsync(path, body, Stopping);

    public Task<ProductAnswer> PutAsync(string path, object body) => _client.PutAsync(path, body, Stopping);

    public Task<ProductAnswer> DeleteAsync(string path) => _client.DeleteAsync(path, Stopping);

    public Task<JsonNode> WaitForAsync(string path, Func<JsonNode, bool> until) => _client.WaitForAsync(path, until, Patience.Long, Stopping);

    /// <summary>Posts a text as it is, for bodies that are no JSON.</summary>
    public async Task<ProductAnswer> PostTextAsync(string path, string text)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), content, Stopping);
        var body = await answer.Content.ReadAsStringAsync(Stopping);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        return new ProductAnswer((int)answer.StatusCode, JsonNode.Parse(body), body);
    }

    public void Dispose() => _client.Dispose();
}
