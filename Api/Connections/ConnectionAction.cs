using RechargeGrains.Connections;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Connections;

/// <summary>Something that administrators have a connection do, and when it is refused.</summary>
/// <param name="Name">Stable; the last part of the route, and with <c>connection.</c> before it the name in the audit log.</param>
/// <param name="Act">Does it.</param>
public sealed record ConnectionAction(string Name, Func<IConnectionGrain, Task> Act)
{
    public static readonly ConnectionAction Sync = new("sync", connection => connection.SyncAsync());
    public static readonly ConnectionAction Reconcile = new("reconcile", connection => connection.ReconcileAsync());
    public static readonly ConnectionAction Import = new("import", connection => connection.ReimportAsync()) { WhilePaused = false };
    public static readonly ConnectionAction Pause = new("pause", connection => connection.PauseAsync());
    public static readonly ConnectionAction Resume = new("resume", connection => connection.ResumeAsync());
    public static readonly ConnectionAction Disconnect = new("disconnect", connection => connection.DisconnectAsync()) { OnceDisconnected = true };

    public static readonly IReadOnlyList<ConnectionAction> All = [Sync, Reconcile, Import, Pause, Resume, Disconnect];

    public bool WhilePaused { get; private init; } = true;

    public bool OnceDisconnected { get; private init; }

    /// <summary>Why it cannot be done as things stand, or null.</summary>
    public TenantError? Refusal(ConnectionState state) => Refusal(state, WhilePaused, OnceDisconnected);

    /// <summary>Why something cannot be done as things stand, or null.</summary>
    public static TenantError? Refusal(ConnectionState state, bool whilePaused, bool onceDisconnected = false) => state switch
    {
        ConnectionState.Disconnected when !onceDisconnected => new TenantError("disconnected", "This connection was disconnected. Connect the accounts anew."),
        ConnectionState.Paused when !whilePaused => new TenantError("paused", "This connection is paused, so nothing is read or sent. Resume it first."),
        _ => null,
    };
}
