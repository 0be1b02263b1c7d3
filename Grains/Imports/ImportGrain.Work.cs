using Microsoft.Extensions.Logging;
using RechargeGrains.Contacts;
using RechargeGrains.Customers;
using RechargeGrains.Grains.Ometria;
using RechargeGrains.Grains.Recharge;
using RechargeGrains.Grains.Work;
using RechargeGrains.Imports;
using RechargeGrains.Keys;
using RechargeGrains.Recharge;

namespace RechargeGrains.Grains.Imports;

/// <content>The reading itself: one step is one page, and each page is written down before the next is asked for.</content>
internal sealed partial class ImportGrain
{
    /// <summary>Customers that are told of a page side by side.</summary>
    private const int Parallelism = 32;

    /// <summary>Pushes of one call to the contact book, so that no call lasts long.</summary>
    private const int BatchesAtOnce = 10;

    private async Task<TimeSpan?> WorkAsync(CancellationToken stopping)
    {
        if (State.Settings is not { Held: false } settings)
            return null;
        if (State.Job is null)
            await StartNextAsync(settings);
        // A daily run that falls due during a re-import goes between two of its pages.
        if ((State.Job ?? State.Reimport) is not { } job)
            return null;
        var next = job.Phase switch
        {
            ImportPhase.Customers => await ReadCustomersAsync(job, settings, stopping),
            ImportPhase.Subscriptions => await ReadSubscriptionsAsync(job, settings, stopping),
            ImportPhase.Deletions => await ReadDeletionsAsync(job, settings, stopping),
            _ => await SendContactsAsync(job, settings),
        };
        if (next.Phase == ImportPhase.Done)
            Finish(next);
        else
            Keep(next);
        await SaveAsync();
        NoteProgress();
        return TimeSpan.Zero;
    }

    private async Task StartNextAsync(ImportSettings settings)
    {
        var now = _time.GetUtcNow();
        if (State.First is { Requested: true, FinishedAt: null })
        {
            State.First = State.First with { StartedAt = now };
            State.Job = new ImportJob { IsFirst = true, StartedAt = now, UpdatedAfter = settings.Context.CustomersStartDate };
        }
        else if (State.First.FinishedAt is not null && (State.SyncRequested || State.DueDay is not null))
        {
            State.Job = new ImportJob { IsFirst = false, StartedAt = now, UpdatedAfter = (State.ReadThrough ?? now) - Overlap, Day = State.DueDay };
            State.DueDay = null;
            State.SyncRequested = false;
        }
        else
        {
            return;
        }

        LogStarted(NameOf(State.Job), _key.ConnectionId);
        await SaveAsync();
    }

    private void Keep(ImportJob job)
    {
        if (job.IsAgain)
            State.Reimport = job;
        else
            State.Job = job;
    }

    private async Task<ImportJob> ReadCustomersAsync(ImportJob job, ImportSettings settings, CancellationToken stopping)
    {
        var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
        var (page, isReread) = await ReadPageAsync(job, start => account.ReadCustomersAsync(start, CallPriority.BackFill));
        // "After the date", says the customer; what Recharge does at the very instant is not documented.
        var customers = page.Customers.Where(customer => !(customer.Profile!.UpdatedAt <= job.UpdatedAfter)).ToList();
        await SideBySide.ForEachAsync(
            customers,
            Parallelism,
            customer => CustomerOf(customer.Profile!.Id).ApplySnapshotAsync(customer with { SendsContact = job.IsAgain }, settings.Context),
            stopping);

        var isWhole = job.IsFirst || job.IsAgain;
        var counted = customers.Count(customer => !isReread || customer.Profile!.UpdatedAt > job.ReachedUpdatedAt);
        var next = Advance(
            job with { CustomersRead = job.CustomersRead + counted },
            page.NextCursor,
            page.Customers.LastOrDefault()?.Profile?.UpdatedAt,
            then: isWhole ? ImportPhase.Contacts : ImportPhase.Subscriptions);
        return isWhole ? await PushWhileReadingAsync(next, settings) : next;
    }

    /// <summary>
    /// Of a whole reading, fields fill up while it goes on: as soon as there is enough for a call to the contact book, since each call reads and writes
    /// what was remembered of those it sends. What cannot be sent now is sent at the end.
    /// </summary>
    private async Task<ImportJob> PushWhileReadingAsync(ImportJob job, ImportSettings settings)
    {
        var status = await _grains.GetGrain<IContactBookGrain>(_key.ToString()).GetStatusAsync();
        return status.Changed < BatchesAtOnce * RecordWriter.MaxBatch ? job : (await PushAsync(job, settings)).Job;
    }

    private async Task<ImportJob> ReadSubscriptionsAsync(ImportJob job, ImportSettings settings, CancellationToken stopping)
    {
        var readAt = _time.GetUtcNow();
        var account = _grains.GetGrain<IRechargeAccountGrain>(settings.RechargeAccount.ToString());
        var (page, _) = await ReadPageAsync(job, start => account.ReadSubscriptionsAsync(start, CallPriority.BackFill));
        await SideBySide.ForEachAsync(
            page.Subscriptions.GroupBy(subscription => subscription.CustomerId),
            Parallelism,
            group => CustomerOf(group.Key).ApplySnapshotAsync(
                new CustomerSnapshot { Subscriptions = [.. group], IsComplete = false, ReadAt = readAt }, settings.Context),
            stopping);
        return Advance(job, page.NextCursor, page.Subscriptions.LastOrDefault()?.UpdatedAt, then: ImportPhase.Deletions);
    }

    private async Task<ImportJob> SendContactsAsync(ImportJob job, ImportSettings settings)
    {
        // Customers that were met for the first time, and whose list is not known whole, are read before they are counted.
        await _grains.GetGrain<IRefreshQueueGrain>(_key.ToString()).DrainAsync();
        var (next, result) = await PushAsync(job, settings);
        if (result.Failure is null)
            return result.Left > 0 ? next : next with { Phase = ImportPhase.Done };
        Keep(next);
        await SaveAsync();
        throw new OmetriaUnavailableException(result.Failure);
    }

    private async Task<(ImportJob Job, ContactPushResult Result)> PushAsync(ImportJob job, ImportSettings settings)
    {
        var book = _grains.GetGrain<IContactBookGrain>(_key.ToString());
        var result = await book.PushChangesAsync(settings.OmetriaAccount, BatchesAtOnce);
        return (job with { ContactsSent = job.ContactsSent + result.Sent, Rejected = job.Rejected + result.Rejected }, result);
    }

    private async Task<(TPage Page, bool IsReread)> ReadPageAsync<TPage>(ImportJob job, Func<PageStart, Task<TPage>> read)
    {
        var answer = await Pages.ReadAsync(job.Cursor, job.ReachedUpdatedAt, job.UpdatedAfter, read);
        if (answer.IsReread)
            LogCursorLost(_key.ConnectionId);
        return answer;
    }

    private static ImportJob Advance(ImportJob job, string? nextCursor, DateTimeOffset? reached, ImportPhase then) =>
        // A cursor that does not move would be read for ever.
        nextCursor is not null && nextCursor != job.Cursor
            ? job with { Cursor = nextCursor, ReachedUpdatedAt = reached ?? job.ReachedUpdatedAt }
            : job with { Cursor = null, ReachedUpdatedAt = null, Phase = then };

    private void Finish(ImportJob job)
    {
        var now = _time.GetUtcNow();
        LogFinished(NameOf(job), _key.ConnectionId, job.CustomersRead, job.ContactsSent);
        if (job.IsAgain)
        {
            // It reads no subscriptions of customers from before the start date, so it does not stand for a daily run.
            (State.Reimport, State.LastReimport) = (null, ReimportOf(job, now));
            return;
        }

        State.Job = null;
        State.ReadThrough = job.StartedAt;
        if (job.IsFirst)
            State.First = State.First with { FinishedAt = now, CustomersRead = job.CustomersRead, ContactsSent = job.ContactsSent };
        else
            State.LastDailyRun = RunOf(job, now);
        if (job.Day is { } day)
            State.LastDailyDay = day;
    }

    private ICustomerGrain CustomerOf(long customerId) => _grains.GetGrain<ICustomerGrain>(new CustomerKey(_key, customerId).ToString());

    private static string NameOf(ImportJob job) => job.IsFirst ? "first import" : job.IsAgain ? "re-import" : "daily run";

    [LoggerMessage(4401, LogLevel.Information, "The {Run} of connection {ConnectionId} starts")]
    private partial void LogStarted(string run, string connectionId);

    [LoggerMessage(4402, LogLevel.Information, "The {Run} of connection {ConnectionId} is done: {Customers} customers read, {Contacts} contacts sent")]
    private partial void LogFinished(string run, string connectionId, long customers, long contacts);

    [LoggerMessage(4403, LogLevel.Warning, "Reading for connection {ConnectionId} is held up; trying on")]
    private partial void LogHeldUp(Exception failure, string connectionId);

    [LoggerMessage(4404, LogLevel.Information, "Recharge no longer knows the cursor of connection {ConnectionId}; going on from the last row's time")]
    private partial void LogCursorLost(string connectionId);
}
