using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;

namespace RechargeGrains.Api.Tests.Pages;

/// <summary>A browser without a window: keeps cookies, reads forms, follows nothing by itself.</summary>
internal sealed partial class FormClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly ConcurrentDictionary<string, string> _cookies = new();

    public FormClient(Uri address, string? from = null, string? scheme = null)
    {
        // Cookies by hand: what is meant for https alone is to come back although this is http behind the proxy that the headers feign.
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = address, Timeout = Patience.Short };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        if (from is not null)
            _http.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        if (scheme is not null)
            _http.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
    }

    private static CancellationToken Stopping => TestContext.Current.CancellationToken;

    /// <summary>An address that no other test has.</summary>
    public static string NewAddress() =>
        new IPAddress([203, 0, (byte)Random.Shared.Next(1, 255), (byte)Random.Shared.Next(1, 255)]).ToString();

    public Task<HttpResponseMessage> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> PostAsync(string path, IEnumerable<KeyValuePair<string, string>> fields) =>
        SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent(fields));

    /// <summary>The hidden fields of the sign-in form.</summary>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> FormAsync(string path = "/sign-in")
    {
        using var page = await GetAsync(path);
        var html = await page.Content.ReadAsStringAsync(Stopping);
        return [.. Hidden().Matches(html).Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))];
    }

    public Task<HttpResponseMessage> SignInAsync(IReadOnlyList<KeyValuePair<string, string>> form, string email, string password, string path = "/sign-in") =>
        PostAsync(path, [.. form, new("Input.Email", email), new("Input.Password", password)]);

    public async Task<HttpResponseMessage> SignInAsync(string email, string password, string path = "/sign-in") =>
        await SignInAsync(await FormAsync(path), email, password, path);

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = body };
        if (!_cookies.IsEmpty)
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var answer = await _http.SendAsync(request, Stopping);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [])
        {
            var parts = cookie.Split(';')[0].Split('=', 2);
            _cookies[parts[0]] = parts[1];
        }

        return answer;
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();
}
