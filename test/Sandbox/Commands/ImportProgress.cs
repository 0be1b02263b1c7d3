using Spectre.Console;

namespace RechargeGrains.Sandbox;

/// <summary>Shows the first import as a bar that moves, from what the product says of itself.</summary>
internal static class ImportProgress
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    public static async Task ShowAsync(ProductSetup connection, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        limit.CancelAfter(Limit);
        await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("Contacts sent", maxValue: 1);
                using var timer = new PeriodicTimer(Pace);
                while (await timer.WaitForNextTickAsync(limit.Token))
                {
                    var status = await connection.StatusAsync();
                    var import = status["import"]!;
                    var read = (long)import["customersRead"]!;
                    var sent = (long)import["contactsSent"]!;
                    bar.MaxValue = Math.Max(1, read);
                    bar.Value = sent;
                    bar.Description = $"{read} customers read, {sent} contacts sent";
                    if ((string?)import["state"] != "finished")
                        continue;
                    bar.Value = bar.MaxValue;
                    progress.Refresh();
                    return;
                }
            });
    }
}
