using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using RechargeGrains.Grains.Connections;
using RechargeGrains.Grains.Deliveries;
using RechargeGrains.Grains.Http;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Ometria.Client;
using RechargeGrains.Grains.Outbox;
using RechargeGrains.Grains.Recharge;
using RechargeGrains.Grains.Recharge.Client;
using RechargeGrains.Grains.Recharge.Json;
using RechargeGrains.Grains.Reconciliation;
using RechargeGrains.Grains.Scheduling;
using RechargeGrains.Grains.Tenants;
using Refit;

namespace RechargeGrains.Grains;

public static class GrainServices
{
    /// <summary>
    /// Adds what the grains need: the clients of both services, options bound to <c>Recharge</c>, <c>Ometria</c>, <c>Outbound</c>,
    /// <c>Schedule</c>, <c>Outbox</c>, <c>Quotas</c> and <c>Deliveries</c>, and the clock. Storage, reminders and the protection of secrets come from the host.
    /// </summary>
    public static IServiceCollection AddRechargeGrains(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PublicAddress>();
        services.AddMetrics();
        services.TryAddSingleton<ReconciliationMetrics>();
        services.TryAddSingleton<ConnectionMetrics>();
        services.TryAddSingleton<OutboxMetrics>();
        services.TryAddSingleton<OmetriaMetrics>();
        services.TryAddSingleton<RechargeMetrics>();
        // Who leaves takes back what still waits for its turn, and waits for what has gone out: a push whose answer nobody hears is told again.
        services.Configure<SiloMessagingOptions>(messaging => messaging.WaitForCancellationAcknowledgement = true);
        services.Configure<GrainCollectionOptions>(collection =>
        {
            // Grains that a flood woke leave within moments of it, and sooner where memory gets short.
            collection.CollectionQuantum = TimeSpan.FromSeconds(15);
            collection.EnableActivationSheddingOnMemoryPressure = true;
        });
        services.AddOptions<RechargeOptions>().BindConfiguration(RechargeOptions.Section).ValidateOnStart();
        services.AddOptions<OmetriaOptions>().BindConfiguration(OmetriaOptions.Section).ValidateOnStart();
        services.AddOptions<ScheduleOptions>().BindConfiguration(ScheduleOptions.Section).ValidateOnStart();
        services.AddOptions<OutboxOptions>().BindConfiguration(OutboxOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RechargeOptions>, GrainOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OmetriaOptions>, GrainOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ScheduleOptions>, GrainOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboxOptions>, GrainOptionsValidator>());
        services.AddOptions<OutboundOptions>().BindConfiguration(OutboundOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OutboundOptions>, GrainOptionsValidator>());
        services.AddOptions<QuotaOptions>().BindConfiguration(QuotaOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<QuotaOptions>, GrainOptionsValidator>());
        services.AddOptions<DeliveryOptions>().BindConfiguration(DeliveryOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DeliveryOptions>, GrainOptionsValidator>());

        var json = new RefitSettings { ContentSerializer = new SystemTextJsonContentSerializer(RechargeJson.Options) };
        services.AddRefitGeneratedClient<IRechargeApi>(json).AddPipeline(
            provider => provider.GetRequiredService<IOptions<RechargeOptions>>().Value.BaseUrl,
            retry: true,
            RechargeClient.MaxAnswerBytes,
            services => new MeasuringHandler(services.GetRequiredService<RechargeMetrics>().Called, services.GetRequiredService<TimeProvider>()));
        // A push is tried again by the outbox, which knows what it may send twice.
        services.AddRefitGeneratedClient<IOmetriaApi>().AddPipeline(provider => provider.GetRequiredService<IOptions<OmetriaOptions>>().Value.BaseUrl, retry: false, OmetriaClient.MaxAnswerBytes);
        services.TryAddTransient<RechargeClient>();
        services.TryAddTransient<OmetriaClient>();
        return services;
    }
}
