using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Recharge;
using Refit;

namespace RechargeGrains.Grains.Recharge.Client;

/// <summary>
/// The part of the Recharge Admin API, version 2021-11, that is used (api reference, 2021-11). Without the version header the
/// store's default applies, with other field names and Eastern times.
/// </summary>
[Headers("X-Recharge-Version: 2021-11", "Accept: application/json")]
internal interface IRechargeApi
{
    [Get("/token_information")]
    Task<ApiResponse<TokenInformationEnvelope>> GetTokenInformationAsync(
        [Header(TokenHeader)] string token, [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        [Property(HttpPipeline.OnceProperty)] bool once, CancellationToken cancellationToken);

    [Get("/store")]
    Task<ApiResponse<StoreEnvelope>> GetStoreAsync(
        [Header(TokenHeader)] string token, [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        [Property(HttpPipeline.OnceProperty)] bool once, CancellationToken cancellationToken);

    [Get("/customers")]
    Task<ApiResponse<CustomersEnvelope>> ListCustomersAsync(
        [Query] ListQuery query,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        [Property(BudgetHandler.PriorityProperty)] CallPriority priority,
        CancellationToken cancellationToken);

    [Get("/customers/{id}")]
    Task<ApiResponse<CustomerEnvelope>> GetCustomerAsync(
        long id,
        [Query, AliasAs("include")] string include,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        [Property(BudgetHandler.PriorityProperty)] CallPriority priority,
        CancellationToken cancellationToken);

    [Get("/subscriptions")]
    Task<ApiResponse<SubscriptionsEnvelope>> ListSubscriptionsAsync(
        [Query] ListQuery query,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        [Property(BudgetHandler.PriorityProperty)] CallPriority priority,
        CancellationToken cancellationToken);

    [Get("/events")]
    Task<ApiResponse<EventsEnvelope>> ListEventsAsync(
        [Query] ListQuery query,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        [Property(BudgetHandler.PriorityProperty)] CallPriority priority,
        CancellationToken cancellationToken);

    [Get("/charges")]
    Task<ApiResponse<ChargesEnvelope>> ListChargesAsync(
        [Query] ListQuery query,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        [Property(BudgetHandler.PriorityProperty)] CallPriority priority,
        CancellationToken cancellationToken);

    [Get("/webhooks")]
    Task<ApiResponse<WebhooksEnvelope>> ListWebhooksAsync(
        [Query] ListQuery query,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        CancellationToken cancellationToken);

    [Post("/webhooks")]
    Task<ApiResponse<string>> CreateWebhookAsync(
        [Body] NewWebhook webhook,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        CancellationToken cancellationToken);

    [Delete("/webhooks/{id}")]
    Task<ApiResponse<string>> DeleteWebhookAsync(
        long id,
        [Header(TokenHeader)] string token,
        [Property(BudgetHandler.BudgetProperty)] CallBudget budget,
        CancellationToken cancellationToken);

    private const string TokenHeader = "X-Recharge-Access-Token";
}
