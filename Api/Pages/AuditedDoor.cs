using RechargeGrains.Api.Security;
using RechargeGrains.Tenants;

namespace RechargeGrains.Api.Pages;

/// <summary>Through it a person changes things: each time it looks at what they may do as of now, and writes down what was done.</summary>
/// <param name="workspace">Knows who looks.</param>
/// <param name="caller">Who it was opened for.</param>
/// <param name="group">Whose audit log is written: a tenant id, or the staff's group.</param>
internal abstract class AuditedDoor(Workspace workspace, Caller caller, string group)
{
    public Caller Caller { get; } = caller;

    private protected Workspace Workspace { get; } = workspace;

    /// <summary>Does something that not everybody may, and writes it down.</summary>
    /// <param name="action">A stable name for the audit log, for instance <c>connection.pause</c>.</param>
    /// <param name="target">What it is done to; never a key.</param>
    /// <param name="act">Does it.</param>
    /// <param name="detail">More in words; never a key.</param>
    /// <exception cref="NotAllowedException">The person may not do it (any more).</exception>
    public async Task DoAsync(string action, string? target, Func<Task> act, string? detail = null)
    {
        await DemandAsync();
        await act();
        await Workspace.RecordAsync(group, Caller, action, target, detail);
    }

    /// <summary>As <see cref="DoAsync(string, string?, Func{Task}, string?)"/>; what was refused is not written down.</summary>
    public async Task<Answer<T>> DoAsync<T>(string action, string? target, Func<Task<Answer<T>>> act, string? detail = null)
        where T : class
    {
        await DemandAsync();
        var answer = await act();
        if (answer.Error is null)
            await Workspace.RecordAsync(group, Caller, action, target, detail);
        return answer;
    }

    /// <summary>Whether somebody may change things here.</summary>
    private protected abstract bool Allows(Caller now);

    private async Task DemandAsync()
    {
        if (await Workspace.CallerNowAsync() is not { } now || !Allows(now))
            throw new NotAllowedException();
    }
}
