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

    /// <summary>Contacts that reading may be ahead of pushing: they are in memory.</summary>
    private const int MostBehind = 10_000;

    /// <summary>What is pushed beside the reading.</summary>
    private Task<ContactPushResult>? _pushing;

    private IContactBookGrain Book => _grains.GetKnown<IContactBookGrain>(_key.ToString());

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

        var counted = customers.Count(customer => !isReread || customer.Profile!.UpdatedAt > job.ReachedUpdatedAt);
        var next = Advance(
            job with { CustomersRead = job.CustomersRead + counted },
            page.NextCursor,
            page.Customers.LastOrDefault()?.Profile?.UpdatedAt,
            then: IsWhole(job) ? ImportPhase.Contacts : ImportPhase.Subscriptions);
        return IsWhole(job) ? await PushWhileReadingAsync(next, settings) : next;
    }

    /// <summary>
    /// Of a whole reading, fields fill up while it goes on: whenever there is enough for a call to the contact book, beside the pages that are read
    /// meanwhile, since each of the two services has a limit of its own. What cannot be sent now is sent at the end.
    /// </summary>
    private async Task<ImportJob> PushWhileReadingAsync(ImportJob job, ImportSettings settings)
    {
        if (_pushing is { IsCompleted: false } && (await Book.GetStatusAsync()).Changed < MostBehind)
            return job;
        job = await CountPushedAsync(job);
        if ((await Book.GetStatusAsync()).Changed >= BatchesAtOnce * RecordWriter.MaxBatch)
            _pushing = Book.PushChangesAsync(settings.OmetriaAccount, BatchesAtOnce);
        return job;
    }

    /// <summary>Waits for what is being pushed beside the reading, and counts it.</summary>
    private async Task<ImportJob> CountPushedAsync(ImportJob job)
    {
        if (_pushing is not { } pushing)
            return job;
        _pushing = null;
        return Count(job, await pushing);
    }

    private static ImportJob Count(ImportJob job, ContactPushResult result) =>
        job with { ContactsSent = job.ContactsSent + result.Sent, Rejected = job.Rejected + result.Rejected };

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
        if (IsWhole(job))
            job = await CountPushedAsync(job);
        var result = await Book.PushChangesAsync(settings.OmetriaAccount, BatchesAtOnce);
        var next = Count(job, result);
        if (result.Failure is null)
            return result.Left > 0 ? next : next with { Phase = ImportPhase.Done };
        Keep(next);
        await SaveAsync();
        throw new OmetriaUnavailableException(result.Failure);
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

    /// <summary>Whether it reads all customers, and not only those that have changed.</summary>
    private static bool IsWhole(ImportJob job) => job.IsFirst || job.IsAgain;

    private ICustomerGrain CustomerOf(long customerId) => _grains.GetKnown<ICustomerGrain>(new CustomerKey(_key, customerId).ToString());

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
