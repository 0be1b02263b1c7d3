using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace RechargeGrains.Silo.Tests.Storage;

/// <summary>Uses the store in both ways that the product does: one record by name, and many records by hand.</summary>
public interface ILedgerGrain : IGrainWithStringKey
{
    Task AddAsync(string line);

    Task<List<string>> ReadAsync();

    Task RemindAsync();

    Task<bool> HasReminderAsync();
}

[GenerateSerializer]
public sealed class LedgerHead
{
    [Id(0)]
    public int Pages { get; set; }
}

[GenerateSerializer]
public sealed class LedgerPage
{
    [Id(0)]
    public string Line { get; set; } = "";
}

public sealed class LedgerGrain(
    [PersistentState("head")] IPersistentState<LedgerHead> head, [FromKeyedServices("Default")] IGrainStorage storage)
    : Grain, ILedgerGrain, IRemindable
{
    private const string Reminder = "daily";

    public async Task AddAsync(string line)
    {
        await storage.WriteStateAsync($"page-{head.State.Pages}", this.GetGrainId(), new Record<LedgerPage> { State = new() { Line = line } });
        head.State.Pages++;
        await head.WriteStateAsync();
    }

    public async Task<List<string>> ReadAsync()
    {
        var lines = new List<string>();
        for (var i = 0; i < head.State.Pages; i++)
        {
            var page = new Record<LedgerPage>();
            await storage.ReadStateAsync($"page-{i}", this.GetGrainId(), page);
            lines.Add(page.State.Line);
        }

        return lines;
    }

    public Task RemindAsync() => this.RegisterOrUpdateReminder(Reminder, TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public async Task<bool> HasReminderAsync() => await this.GetReminder(Reminder) is not null;

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
