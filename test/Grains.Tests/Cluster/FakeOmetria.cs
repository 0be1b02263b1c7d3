using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using RechargeGrains.Grains.Ometria.Client;

namespace RechargeGrains.Grains.Tests.Cluster;

/// <summary>Ometria as the grains see it. Each API key has an account of its own.</summary>
internal sealed class FakeOmetria : IOmetriaApi
{
    private readonly ConcurrentDictionary<string, FakeOmetriaAccount> _accounts = new();

    public void Know(string apiKey, FakeOmetriaAccount account) => _accounts[apiKey] = account;

    public async Task<HttpResponseMessage> PushAsync(HttpContent records, string apiKey, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await records.ReadAsStringAsync(cancellationToken));
        var account = _accounts[apiKey];
        var answer = account.Answer(apiKey, [.. body.RootElement.EnumerateArray().Select(record => record.Clone())]);
        await account.AnswersAfter;
        return answer;
    }

    public Task<HttpResponseMessage> ListErrorsAsync(string apiKey, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(_accounts[apiKey].ReadErrors()) });

    public Task<HttpResponseMessage> ProbeAsync(string apiKey, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
}

/// <summary>One account at Ometria: what was pushed to it, what of that it took, and how it answers.</summary>
internal sealed class FakeOmetriaAccount
{
    private readonly Changes _changes = new();
    private readonly List<IReadOnlyList<JsonElement>> _pushes = [];
    private readonly List<JsonElement> _accepted = [];
    private readonly List<JsonElement> _introduced = [];
    private int _errorReads;

    /// <summary>The status that a push is answered with; 202 unless a test says otherwise.</summary>
    public Func<string, IReadOnlyList<JsonElement>, HttpStatusCode> Status { get; set; } = (_, _) => HttpStatusCode.Accepted;

    /// <summary>The body of the answer to a push that is accepted; what is documented unless a test says otherwise.</summary>
    public Func<string, IReadOnlyList<JsonElement>, string> Body { get; set; } =
        (requestId, records) => $$"""{"request_id":"{{requestId}}","accepted":{{records.Count}},"rejected":0}""";

    /// <summary>What has been taken is not answered before this is done.</summary>
    public Task AnswersAfter { get; set; } = Task.CompletedTask;

    /// <summary>The list of errors, as JSON.</summary>
    public string Errors { get; set; } = "[]";

    /// <summary>
    /// Whether contacts that come ahead of events are kept apart (<see cref="Introduced"/>), answered 202 and counted nowhere, so that tests of
    /// events see events alone.
    /// </summary>
    public bool KeepsContactsApart { get; set; } = true;

    public static string IdOf(JsonElement record) => record.GetProperty("id").GetString()!;

    public HttpResponseMessage Answer(string apiKey, IReadOnlyList<JsonElement> records) => _changes.Make(() =>
    {
        if (KeepsContactsApart && records[0].GetProperty("@type").GetString() == "contact")
        {
            _introduced.AddRange(records);
            return new HttpResponseMessage(HttpStatusCode.Accepted) { Content = new StringContent(Body("req-contact", records)) };
        }

        _pushes.Add(records);
        var status = Status(apiKey, records);
        if (status == HttpStatusCode.Accepted)
            _accepted.AddRange(records);
        return new HttpResponseMessage(status)
        {
            Content = new StringContent(status == HttpStatusCode.Accepted ? Body($"req-{_pushes.Count}", records) : "Payload invalid."),
        };
    });

    public IReadOnlyList<IReadOnlyList<JsonElement>> Pushes() => _changes.Read(() => _pushes.ToList());

    public Task<IReadOnlyList<IReadOnlyList<JsonElement>>> PushesAsync(int atLeast) =>
        _changes.WhenAsync<IReadOnlyList<IReadOnlyList<JsonElement>>>(() => _pushes.Count >= atLeast, () => [.. _pushes]);

    public string ReadErrors() => _changes.Make(() =>
    {
        _errorReads++;
        return Errors;
    });

    public Task<int> ErrorReadsAsync(int atLeast) => _changes.WhenAsync(() => _errorReads >= atLeast, () => _errorReads);

    public IReadOnlyList<JsonElement> Introduced() => _changes.Read(() => _introduced.ToList());

    public IReadOnlyList<JsonElement> Accepted() => _changes.Read(() => _accepted.ToList());

    public Task<IReadOnlyList<JsonElement>> AcceptedAsync(int atLeast) =>
        _changes.WhenAsync<IReadOnlyList<JsonElement>>(() => _accepted.Count >= atLeast, () => [.. _accepted]);

    /// <summary>The ids of everything that was taken before the record named <paramref name="id"/>, once that one is here too.</summary>
    public Task<IReadOnlyList<string>> AcceptedBeforeAsync(string id) => _changes.WhenAsync<IReadOnlyList<string>>(
        () => _accepted.Any(record => IdOf(record) == id),
        () => [.. _accepted.Select(IdOf).TakeWhile(accepted => accepted != id)]);
}
