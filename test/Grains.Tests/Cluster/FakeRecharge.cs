using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Recharge.Client;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Recharge;
using Refit;

namespace RechargeGrains.Grains.Tests.Cluster;

/// <summary>Recharge as the grains see it. Each token has a store of its own.</summary>
internal sealed class FakeRecharge : IRechargeApi
{
    private readonly ConcurrentDictionary<string, FakeStore> _stores = new();

    public void Know(string token, FakeStore store) => _stores[token] = store;

    public Task<ApiResponse<TokenInformationEnvelope>> GetTokenInformationAsync(
        string token, CallBudget budget, bool once, CancellationToken cancellationToken) =>
        Answer(token, "token_information", store => new TokenInformationEnvelope { TokenInformation = new TokenInformationDto { Scopes = store.Scopes } });

    public Task<ApiResponse<StoreEnvelope>> GetStoreAsync(string token, CallBudget budget, bool once, CancellationToken cancellationToken) =>
        Answer(token, "store", store => new StoreEnvelope { Store = new StoreDto { Id = "77", ExternalPlatform = store.Platform } });

    public Task<ApiResponse<CustomersEnvelope>> ListCustomersAsync(
        ListQuery query, string token, CallBudget budget, CallPriority priority, CancellationToken cancellationToken) =>
        Answer(token, $"customers {query.Cursor ?? query.UpdatedAtMin}", store => store.Customers(query));

    public Task<ApiResponse<CustomerEnvelope>> GetCustomerAsync(
        long id, string include, string token, CallBudget budget, CallPriority priority, CancellationToken cancellationToken) =>
        Answer(token, string.Create(CultureInfo.InvariantCulture, $"customer {id}"), store => store.Customer(id));

    public Task<ApiResponse<SubscriptionsEnvelope>> ListSubscriptionsAsync(
        ListQuery query, string token, CallBudget budget, CallPriority priority, CancellationToken cancellationToken) =>
        Answer(token, "subscriptions", store => store.Subscriptions(query));

    public Task<ApiResponse<ChargesEnvelope>> ListChargesAsync(
        ListQuery query, string token, CallBudget budget, CallPriority priority, CancellationToken cancellationToken) =>
        Answer(token, "charges", store => new ChargesEnvelope { Charges = store.Charges });

    public Task<ApiResponse<EventsEnvelope>> ListEventsAsync(
        ListQuery query, string token, CallBudget budget, CallPriority priority, CancellationToken cancellationToken) =>
        Answer(token, $"events since {query.CreatedAtMin}", store => new EventsEnvelope { Events = [.. store.Deletions] });

    public Task<ApiResponse<WebhooksEnvelope>> ListWebhooksAsync(ListQuery query, string token, CallBudget budget, CancellationToken cancellationToken) =>
        Answer(token, "webhooks", _ => new WebhooksEnvelope { Webhooks = [] });

    public Task<ApiResponse<string>> CreateWebhookAsync(NewWebhook webhook, string token, CallBudget budget, CancellationToken cancellationToken) =>
        Answer(token, $"create {webhook.Topic}", _ => "{}");

    public Task<ApiResponse<string>> DeleteWebhookAsync(long id, string token, CallBudget budget, CancellationToken cancellationToken) =>
        Answer(token, "delete", _ => "{}");

    private Task<ApiResponse<T>> Answer<T>(string token, string request, Func<FakeStore, T?> content)
        where T : class
    {
        var store = _stores[token];
        var status = store.Note(request);
        var found = status == HttpStatusCode.OK ? content(store) : null;
        if (status == HttpStatusCode.OK && found is null)
            status = HttpStatusCode.NotFound;
        var message = new HttpResponseMessage(status) { RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://recharge.test/") };
        return Task.FromResult(new ApiResponse<T>(message, found, new RefitSettings()));
    }
}

/// <summary>One store at Recharge: its customers, what was asked of it, and how it answers.</summary>
internal sealed class FakeStore
{
    private readonly Changes _changes = new();
    private readonly List<string> _requests = [];
    private readonly List<CustomerDto> _customers = [];

    public List<ChargeDto> Charges { get; } = [];

    /// <summary>What Recharge's log has of deletions.</summary>
    public List<EventDto> Deletions { get; } = [];

    public List<string> Scopes { get; } = ["read_customers", "read_subscriptions", "read_orders", "store_info"];

    public string Platform { get; set; } = "shopify";

    public int PageSize { get; set; } = 2;

    /// <summary>Whether pages of customers come with their subscriptions.</summary>
    public bool IncludesSubscriptions { get; set; } = true;

    /// <summary>The status that a request is answered with; 200 unless a test says otherwise.</summary>
    public Func<string, HttpStatusCode> Status { get; set; } = _ => HttpStatusCode.OK;

    /// <summary>Adds a customer, or puts it in the place of the one with the same id.</summary>
    public void Put(CustomerProfile profile, params IEnumerable<SubscriptionSnapshot> subscriptions) => _changes.Make(() =>
    {
        _customers.RemoveAll(customer => customer.Id == profile.Id);
        _customers.Add(new CustomerDto
        {
            Id = profile.Id,
            Email = profile.Email,
            ExternalCustomerId = profile.ExternalId,
            UpdatedAt = profile.UpdatedAt,
            Include = new IncludeDto { Subscriptions = [.. subscriptions.Select(Dto)] },
        });
        return true;
    });

    public HttpStatusCode Note(string request) => _changes.Make(() =>
    {
        _requests.Add(request);
        return Status(request);
    });

    public IReadOnlyList<string> Requests() => _changes.Read(() => _requests.ToList());

    public Task<IReadOnlyList<string>> RequestsAsync(Func<IReadOnlyList<string>, bool> condition) =>
        _changes.WhenAsync<IReadOnlyList<string>>(() => condition(_requests), () => [.. _requests]);

    public CustomersEnvelope Customers(ListQuery query) => _changes.Read(() =>
    {
        // The cursor carries the filter, as Recharge's own does.
        var (min, index) = query.Cursor is { } cursor
            ? (cursor.Split('|')[0], int.Parse(cursor.Split('|')[1], CultureInfo.InvariantCulture))
            : (query.UpdatedAtMin!, 0);
        var from = DateTimeOffset.Parse(min, CultureInfo.InvariantCulture);
        // At the bound itself too: that this is not read again is the product's own business.
        var rows = _customers.Where(customer => customer.UpdatedAt >= from).OrderBy(customer => customer.UpdatedAt).ToList();
        return new CustomersEnvelope
        {
            Customers = [.. rows.Skip(index).Take(PageSize).Select(row => IncludesSubscriptions ? row : Alone(row))],
            NextCursor = index + PageSize < rows.Count ? string.Create(CultureInfo.InvariantCulture, $"{min}|{index + PageSize}") : null,
        };
    });

    public CustomerEnvelope? Customer(long id) => _changes.Read(
        () => _customers.Find(customer => customer.Id == id) is { } found ? new CustomerEnvelope { Customer = found } : null);

    public SubscriptionsEnvelope Subscriptions(ListQuery query) => _changes.Read(() => new SubscriptionsEnvelope
    {
        Subscriptions =
        [
            .. _customers.SelectMany(customer => customer.IncludedSubscriptions!)
                .Where(subscription => query.CustomerId is null || subscription.CustomerId == query.CustomerId)
                .Where(subscription => query.UpdatedAtMin is null
                    || subscription.UpdatedAt >= DateTimeOffset.Parse(query.UpdatedAtMin, CultureInfo.InvariantCulture)),
        ],
    });

    private static CustomerDto Alone(CustomerDto row) =>
        new() { Id = row.Id, Email = row.Email, ExternalCustomerId = row.ExternalCustomerId, UpdatedAt = row.UpdatedAt };

    private static SubscriptionDto Dto(SubscriptionSnapshot subscription) => new()
    {
        Id = subscription.Id,
        CustomerId = subscription.CustomerId,
        AddressId = subscription.AddressId,
        Status = subscription.Status.ToString(),
        CreatedAt = subscription.CreatedAt,
        UpdatedAt = subscription.UpdatedAt,
        CancelledAt = subscription.CancelledAt,
        ExternalProductId = subscription.ProductId,
        ProductTitle = subscription.ProductTitle,
    };
}
