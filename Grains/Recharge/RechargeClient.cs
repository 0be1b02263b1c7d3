using System.Globalization;
using System.Net;
using RechargeGrains.Accounts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Recharge.Client;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Recharge;
using Refit;

namespace RechargeGrains.Grains.Recharge;

/// <summary>Speaks to Recharge and puts its answers into words of ours. Holds no state; the caller brings key and budget.</summary>
internal sealed class RechargeClient(IRechargeApi api, TimeProvider time)
{
    /// <summary>Far above a page of 250 customers with their subscriptions.</summary>
    public const int MaxAnswerBytes = 32 * 1024 * 1024;

    /// <summary>Pages of 250 of one list that is read in one go: webhooks of a store, subscriptions or charges of a customer.</summary>
    private const int MaxPages = 100;

    /// <summary>Some two hundred characters are usual. It is kept and sent back.</summary>
    private const int MaxCursor = 2_000;

    /// <summary>A 200 may be cut short, which shows only when it is read; that many times it is asked for again.</summary>
    private const int UnreadableTries = 3;

    private const string DuplicateWebhook = "duplicate";

    /// <summary>Sorted so that a customer who changes during the reading is met again at the end instead of being missed.</summary>
    private const string ByChange = "updated_at-asc";

    /// <summary>A little less than the seven days of Recharge's log: asking for more is refused (422).</summary>
    private static readonly TimeSpan EventLogReaches = TimeSpan.FromDays(7) - TimeSpan.FromMinutes(5);

    private static readonly TimeSpan CheckTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Checks a key: that it works, that it may read what is needed, and that the store is on Shopify.</summary>
    public async Task<KeyCheck> CheckAsync(string token, CallBudget budget)
    {
        using var timeout = new CancellationTokenSource(CheckTimeout, time);
        try
        {
            var information = await CallAsync(() => api.GetTokenInformationAsync(token, budget, true, timeout.Token));
            if (information.TokenInformation?.Scopes is { } scopes && RechargeScopes.MissingFrom(scopes) is { Count: > 0 } missing)
                return MissingScopes(missing);
            var store = (await CallAsync(() => api.GetStoreAsync(token, budget, true, timeout.Token))).Store ?? new StoreDto();
            return IsShopify(store)
                ? new KeyCheck { Verdict = KeyVerdict.Accepted, Store = ToStore(store) }
                : new KeyCheck { Verdict = KeyVerdict.NotShopify, Detail = "This Recharge store is not on Shopify. The connection is only available to Shopify stores." };
        }
        catch (RechargeCallException failure)
        {
            return failure.Failure switch
            {
                RechargeFailure.KeyRefused => new KeyCheck
                {
                    Verdict = KeyVerdict.Rejected,
                    Detail = "Recharge refuses this key (401). Copy it again from Tools & apps > API tokens in Recharge.",
                },
                RechargeFailure.MissingScope => MissingScopes(["read_store"]),
                _ => Unreachable(failure.Message),
            };
        }
        catch (Exception failure) when (failure is OperationCanceledException or NotFoundAtRechargeException)
        {
            return Unreachable("Recharge could not be reached or did not answer properly.");
        }
    }

    public async Task<CustomerPage> ReadCustomersAsync(string token, CallBudget budget, PageStart start, CallPriority priority, CancellationToken stopping)
    {
        var readAt = time.GetUtcNow();
        var query = start.Cursor is { } cursor
            ? ListQuery.Continue(cursor)
            : new ListQuery { UpdatedAtMin = Instant(start.UpdatedAfter), SortBy = ByChange, Include = "subscriptions" };
        var page = await CallAsync(() => api.ListCustomersAsync(query, token, budget, priority, stopping));
        var customers = new List<CustomerSnapshot>();
        var calls = 1;
        foreach (var row in Rows(page.Customers))
        {
            if (row.ToProfile() is not { } profile)
                continue;
            var (customer, more) = await CompleteAsync(profile, row, token, budget, priority, readAt, stopping);
            customers.Add(customer);
            calls += more;
        }

        return new CustomerPage { Customers = customers, NextCursor = page.NextCursor, Calls = calls, CallsPerSecond = budget.LeakPerSecond };
    }

    public async Task<CustomerSnapshot?> ReadCustomerAsync(string token, CallBudget budget, long customerId, CallPriority priority, CancellationToken stopping)
    {
        var readAt = time.GetUtcNow();
        try
        {
            var answer = await CallAsync(() => api.GetCustomerAsync(customerId, "subscriptions", token, budget, priority, stopping));
            return answer.Customer?.ToProfile() is { } profile
                ? (await CompleteAsync(profile, answer.Customer, token, budget, priority, readAt, stopping)).Customer
                : null;
        }
        catch (NotFoundAtRechargeException)
        {
            return null;
        }
    }

    public async Task<SubscriptionPage> ReadSubscriptionsAsync(
        string token, CallBudget budget, PageStart start, CallPriority priority, CancellationToken stopping)
    {
        var query = start.Cursor is { } cursor
            ? ListQuery.Continue(cursor)
            : new ListQuery { UpdatedAtMin = Instant(start.UpdatedAfter), SortBy = ByChange };
        var page = await CallAsync(() => api.ListSubscriptionsAsync(query, token, budget, priority, stopping));
        return new SubscriptionPage { Subscriptions = [.. Snapshots(page.Subscriptions, null)], NextCursor = page.NextCursor };
    }

    public async Task<ChargePage> ReadQueuedChargesAsync(
        string token, CallBudget budget, DateOnly from, DateOnly to, string? cursor, CallPriority priority, CancellationToken stopping)
    {
        // Whether the bounds are inclusive is not said, so a day more is asked for on each side and the rule decides.
        var query = cursor is not null
            ? ListQuery.Continue(cursor)
            : new ListQuery { Status = "queued", ScheduledAtMin = Date(from.AddDays(-1)), ScheduledAtMax = Date(to.AddDays(1)) };
        var page = await CallAsync(() => api.ListChargesAsync(query, token, budget, priority, stopping));
        var charges = ChargesIn(page).Where(charge => charge.IsQueued && charge.ScheduledAt >= from && charge.ScheduledAt <= to);
        return new ChargePage { Charges = [.. charges], NextCursor = page.NextCursor };
    }

    public async Task<IReadOnlyList<ChargeSnapshot>> ReadChargesOfAsync(
        string token, CallBudget budget, long customerId, DateOnly from, CallPriority priority, CancellationToken stopping)
    {
        var charges = new List<ChargeSnapshot>();
        var first = new ListQuery { CustomerId = customerId, ScheduledAtMin = Date(from.AddDays(-1)) };
        await foreach (var page in PagesAsync(first, query => api.ListChargesAsync(query, token, budget, priority, stopping)))
            charges.AddRange(ChargesIn(page).Where(charge => charge.Customer.Id == customerId && charge.ScheduledAt >= from));
        return charges;
    }

    public async Task<DeletionPage> ReadDeletionsAsync(
        string token, CallBudget budget, DateTimeOffset since, string? cursor, CallPriority priority, CancellationToken stopping)
    {
        var earliest = time.GetUtcNow() - EventLogReaches;
        var query = cursor is not null
            ? ListQuery.Continue(cursor)
            : new ListQuery { CreatedAtMin = Instant(since > earliest ? since : earliest), Verbs = "deleted" };
        try
        {
            var page = await CallAsync(() => api.ListEventsAsync(query, token, budget, priority, stopping));
            var customers = Rows(page.Events)
                .Where(row => row.ObjectType is "subscription" or "customer")
                .Select(row => row.CustomerId ?? (row.ObjectType == "customer" ? row.ObjectId : null))
                .OfType<long>();
            return new DeletionPage { CustomerIds = [.. customers.Distinct()], NextCursor = page.NextCursor };
        }
        catch (RechargeCallException failure) when (failure.Failure == RechargeFailure.MissingScope)
        {
            return new DeletionPage { CustomerIds = [] };
        }
    }

    public async Task<IReadOnlyList<RegisteredWebhook>> ListWebhooksAsync(string token, CallBudget budget, CancellationToken stopping)
    {
        var webhooks = new List<RegisteredWebhook>();
        await foreach (var page in PagesAsync(new ListQuery(), query => api.ListWebhooksAsync(query, token, budget, stopping)))
            webhooks.AddRange(Rows(page.Webhooks).Select(webhook => webhook.ToWebhook()).OfType<RegisteredWebhook>());
        return webhooks;
    }

    public async Task CreateWebhookAsync(string token, CallBudget budget, string topic, string address, CancellationToken stopping)
    {
        // Included objects are allowed where the resource belongs to a customer.
        IReadOnlyList<string>? included = topic.StartsWith("customer/", StringComparison.Ordinal) ? null : ["customer"];
        var webhook = new NewWebhook { Address = address, Topic = topic, IncludedObjects = included };
        using var response = await TryAsync(() => api.CreateWebhookAsync(webhook, token, budget, stopping));
        var isThere = response.StatusCode == HttpStatusCode.UnprocessableEntity
            && response.Error is ApiException { Content: { } text } && text.Contains(DuplicateWebhook, StringComparison.OrdinalIgnoreCase);
        if (!response.IsSuccessStatusCode && !isThere)
            throw FailureOf(response.StatusCode);
    }

    public async Task DeleteWebhookAsync(string token, CallBudget budget, long webhookId, CancellationToken stopping)
    {
        using var response = await TryAsync(() => api.DeleteWebhookAsync(webhookId, token, budget, stopping));
        if (!response.IsSuccessStatusCode && response.StatusCode != HttpStatusCode.NotFound)
            throw FailureOf(response.StatusCode);
    }

    /// <summary>
    /// Makes sure that a customer comes with all subscriptions. The include may be missing on pages read by a cursor, which must not
    /// repeat it, and fewer rows than Recharge itself counts would give a wrong number.
    /// </summary>
    /// <returns>The customer, and the calls that were needed for it.</returns>
    private async Task<(CustomerSnapshot Customer, int Calls)> CompleteAsync(
        CustomerProfile profile, CustomerDto row, string token, CallBudget budget, CallPriority priority, DateTimeOffset readAt, CancellationToken stopping)
    {
        var included = row.IncludedSubscriptions;
        var (subscriptions, calls) = included is not null && included.Count >= (row.SubscriptionsTotalCount ?? 0)
            ? ([.. Snapshots(included, profile.Id)], 0)
            : row.SubscriptionsTotalCount == 0 && included is null
                ? ([], 0)
                : await ReadSubscriptionsOfAsync(profile.Id, token, budget, priority, stopping);
        return (new CustomerSnapshot { Profile = profile, Subscriptions = subscriptions, IsComplete = true, ReadAt = readAt }, calls);
    }

    private async Task<(List<SubscriptionSnapshot> Subscriptions, int Calls)> ReadSubscriptionsOfAsync(
        long customerId, string token, CallBudget budget, CallPriority priority, CancellationToken stopping)
    {
        var subscriptions = new List<SubscriptionSnapshot>();
        var calls = 0;
        var first = new ListQuery { CustomerId = customerId };
        await foreach (var page in PagesAsync(first, query => api.ListSubscriptionsAsync(query, token, budget, priority, stopping)))
        {
            calls++;
            subscriptions.AddRange(Snapshots(page.Subscriptions, customerId));
        }

        return (subscriptions, calls);
    }

    /// <summary>The pages of a list, to its end, which has to come: what a service says must not fill the memory.</summary>
    private static async IAsyncEnumerable<TPage> PagesAsync<TPage>(ListQuery first, Func<ListQuery, Task<ApiResponse<TPage>>> read)
        where TPage : class, IPage
    {
        var query = first;
        for (var pages = 0; pages < MaxPages; pages++)
        {
            var page = await CallAsync(() => read(query));
            yield return page;
            if (page.NextCursor is not { } cursor || cursor == query.Cursor)
                yield break;
            query = ListQuery.Continue(cursor);
        }

        throw new RechargeCallException(RechargeFailure.Unavailable, "Recharge's list does not come to an end.");
    }

    private static IEnumerable<ChargeSnapshot> ChargesIn(ChargesEnvelope page) =>
        Rows(page.Charges).Select(charge => charge.ToSnapshot()).OfType<ChargeSnapshot>();

    private static IEnumerable<SubscriptionSnapshot> Snapshots(IEnumerable<SubscriptionDto>? rows, long? customerId) =>
        Rows(rows).Select(row => row.ToSnapshot(customerId)).OfType<SubscriptionSnapshot>();

    /// <summary>A list that is missing is empty, and so is a row.</summary>
    private static IEnumerable<T> Rows<T>(IEnumerable<T?>? rows)
        where T : class => (rows ?? []).OfType<T>();

    private static async Task<T> CallAsync<T>(Func<Task<ApiResponse<T>>> call)
        where T : class
    {
        for (var tries = 1; ; tries++)
        {
            using var response = await TryAsync(call);
            if (response.IsSuccessStatusCode && response.Content is { } content && content is not IPage { NextCursor.Length: > MaxCursor })
                return content;
            if (!response.IsSuccessStatusCode || tries == UnreadableTries)
                throw FailureOf(response.StatusCode);
        }
    }

    private static async Task<ApiResponse<T>> TryAsync<T>(Func<Task<ApiResponse<T>>> call)
    {
        ApiResponse<T> response;
        try
        {
            response = await call();
        }
        catch (Exception failure) when (IsNoAnswer(failure))
        {
            throw FailureOf(null);
        }

        // The client keeps what went wrong before there was an answer. Only what the network did may pass for "not reached".
        if (response.StatusCode is null && response.Error is { InnerException: { } cause } && !IsNoAnswer(cause))
            throw new InvalidOperationException("A call to Recharge could not be made.", cause);
        return response;
    }

    private static bool IsNoAnswer(Exception failure) =>
        failure is HttpRequestException or IOException or Polly.Timeout.TimeoutRejectedException or OperationCanceledException
        || (failure is ApiRequestException { InnerException: { } cause } && IsNoAnswer(cause));

    private static Exception FailureOf(HttpStatusCode? status) => status switch
    {
        HttpStatusCode.Unauthorized => new RechargeCallException(RechargeFailure.KeyRefused, "Recharge refuses the key (401)."),
        HttpStatusCode.Forbidden => new RechargeCallException(RechargeFailure.MissingScope, "Recharge does not let the key do this (403)."),
        HttpStatusCode.NotFound => new NotFoundAtRechargeException(),
        null or HttpStatusCode.RequestTimeout or HttpStatusCode.Conflict or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            or < HttpStatusCode.BadRequest =>
            new RechargeCallException(RechargeFailure.Unavailable, StatusWords.Of("Recharge", (int?)status)),
        _ => new RechargeCallException(RechargeFailure.Refused, $"Recharge answered {(int)status}."),
    };

    private static bool IsShopify(StoreDto store) =>
        "shopify".Equals(store.ExternalPlatform ?? store.CheckoutPlatform, StringComparison.OrdinalIgnoreCase);

    private static RechargeStore ToStore(StoreDto store) => new()
    {
        Id = store.Id ?? store.Identifier ?? "store",
        Name = store.Name,
        Domain = store.Identifier,
        TimeZone = store.Timezone?.IanaName ?? store.Timezone?.IanaTimezone,
        Currency = store.Currency,
    };

    private static KeyCheck MissingScopes(IReadOnlyList<string> missing) => new()
    {
        Verdict = KeyVerdict.MissingScopes,
        MissingScopes = missing,
        Detail = $"The key lacks {string.Join(", ", missing)}. Give it read access in Recharge under Tools & apps > API tokens and try again.",
    };

    private static KeyCheck Unreachable(string why) =>
        new() { Verdict = KeyVerdict.Unreachable, Detail = $"{why} Nothing was kept; try again in a minute." };

    private static string? Instant(DateTimeOffset? instant) =>
        instant?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", CultureInfo.InvariantCulture);

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
