using RechargeGrains.Customers;
using RechargeGrains.Deliveries;

namespace RechargeGrains.Connections;

/// <summary>
/// One connection of a retailer (key: <see cref="Keys.ConnectionKey"/>): its settings, its webhooks at Recharge, and how it fares.
/// </summary>
[Alias("rg.connection")]
public interface IConnectionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the connection: keeps the settings, registers the webhooks, then starts the first import. The last two go on in
    /// the background and survive a restart. Doing it again with a connection that exists changes nothing.
    /// </summary>
    [Alias("create")]
    Task CreateAsync(ConnectionSettings settings, Enablement enablement);

    /// <summary>Takes over what staff enabled; what is no longer enabled is not sent from now on.</summary>
    [Alias("enablement")]
    Task ApplyEnablementAsync(Enablement enablement);

    /// <summary>Null if there is no such connection.</summary>
    [Alias("status")]
    Task<ConnectionStatus?> GetStatusAsync();

    /// <summary>What the front door needs, or null when webhooks are no longer taken.</summary>
    [Alias("hook-target")]
    Task<HookTarget?> GetHookTargetAsync();

    /// <summary>The secret salt of the connection's e-mail index, or null if there is no such connection.</summary>
    [Alias("email-salt")]
    Task<string?> GetEmailSaltAsync();

    /// <summary>Goes on with whatever was under way, and runs what is due. Called by the tenant's reminders and after a start.</summary>
    [Alias("wake")]
    Task WakeAsync(Enablement enablement);

    /// <summary>Runs the daily sync now and reads queued charges.</summary>
    [Alias("sync")]
    Task SyncAsync();

    /// <summary>Reads all customers once more and sends every contact again. Tells no event.</summary>
    [Alias("reimport")]
    Task ReimportAsync();

    /// <summary>Compares everything with Recharge now and repairs what differs.</summary>
    [Alias("reconcile")]
    Task ReconcileAsync();

    /// <summary>Keeps taking webhooks and sends nothing until resumed.</summary>
    [Alias("pause")]
    Task PauseAsync();

    [Alias("resume")]
    Task ResumeAsync();

    /// <summary>
    /// Removes our webhooks at Recharge and stops for good. What is stored stays readable; nothing at Ometria is changed.
    /// </summary>
    [Alias("disconnect")]
    Task DisconnectAsync();

    /// <summary>
    /// Has a labelled test event sent as a real one of its kind would be, with made-up values. Only the delivery log knows of it. Durable when
    /// the task completes.
    /// </summary>
    /// <returns>Its line of the delivery log as of now, or null if the connection sends no such events (any more).</returns>
    /// <exception cref="Outbox.OutboxFullException">The backlog has reached its limit.</exception>
    [Alias("test-event")]
    Task<DeliveryEntry?> SendTestEventAsync(EventKind kind, string email);

    /// <summary>Adds to the counters of webhooks.</summary>
    [Alias("count")]
    Task CountAsync(HookCounts counts);

    /// <summary>Seals anew what an older master key has sealed. Answers how many secrets it was.</summary>
    [Alias("seal-anew")]
    Task<int> SealAnewAsync();
}
