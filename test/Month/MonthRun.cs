namespace RechargeGrains.Month;

/// <summary>
/// A month of a store and of the product beside it, in driven time. Both are in this process and speak HTTP; the clock of both stands
/// still while anything goes on.
/// </summary>
internal sealed class MonthRun : IAsyncDisposable
{
    private static readonly TimeSpan WakeEvery = TimeSpan.FromMinutes(10);

    private readonly MonthOptions _options;
    private readonly MonthPlan _plan;
    private readonly MonthProgress _progress;
    private readonly SandboxHost _sandbox;
    private readonly InFlight _inFlight;
    private readonly string _folder;
    private readonly string _url;
    private InnerProduct? _product;
    private FaultRule? _away;
    private ProductSetup _connection = null!;
    private Task _waking = Task.CompletedTask;

    private MonthRun(MonthOptions options, MonthPlan plan, MonthProgress progress, SandboxHost sandbox, string folder)
    {
        _options = options;
        _plan = plan;
        _progress = progress;
        _sandbox = sandbox;
        _inFlight = new InFlight();
        _folder = folder;
        // Chosen once: the webhooks are sent to where the product was before it was stopped.
        _url = $"http://127.0.0.1:{FreePort.Next()}";
    }

    /// <summary>Plays a whole month and makes up its books.</summary>
    /// <param name="options">How much is to happen.</param>
    /// <param name="folder">Where the product keeps its database and log.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="ct">Ends it.</param>
    public static async Task<MonthBooks> PlayAsync(MonthOptions options, string folder, MonthProgress progress, CancellationToken ct = default)
    {
        var plan = new MonthPlan(options.Days, options.Zone);
        var sandbox = await SandboxHost.StartAsync(
            new SandboxOptions { Seed = options.Seed, Customers = options.Customers, Now = plan.Start, TimeZone = options.Zone.Id }, ct);
        await using var run = new MonthRun(options, plan, progress, sandbox, folder);
        return await run.PlayAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _connection?.Administrator.Dispose();
        // The product may wait for the clock while it stops.
        _sandbox.Clock.Speed = 1;
        if (_product is not null)
            await _product.DisposeAsync();
        await _sandbox.DisposeAsync();
    }

    private async Task<MonthBooks> PlayAsync(CancellationToken ct)
    {
        var atFirst = _sandbox.Store.Charges;
        _product = await StartProductAsync(ct);
        // A person's clicks, by a clock that runs; from then on it stands still until it is moved.
        _connection = await ProductSetup.ConnectAsync(new Uri(_url), InnerProduct.OperatorToken, _sandbox);
        _sandbox.Clock.Speed = 0;
        var contacts = new ContactBooks(_sandbox);
        var steps = await Task.Factory.StartNew(() => Drive(contacts, ct), ct, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var queued = new QueuedCharges(atFirst, _plan.Start, _sandbox.Journal.Entries, _sandbox.Clock.GetUtcNow());
        return MonthBooks.Of(_sandbox, contacts, queued, _plan, _away?.Hits ?? 0, await _connection.StatusAsync(), steps);
    }

    /// <summary>Lives through the month, on a thread of its own.</summary>
    private long Drive(ContactBooks contacts, CancellationToken ct)
    {
        var time = new TimeDriver(_sandbox.Clock, new Stillness(_inFlight, () => _sandbox.Webhooks.UnderWay), ct);
        var day = new ShopDay(_options, _plan, _sandbox, time);
        time.At(_plan.Start + WakeEvery, () => Wake(time));
        foreach (var morning in _plan.Mornings)
            time.At(morning.To, () => contacts.Check(morning.From));
        PlanTrouble(time, ct);
        var faults = _sandbox.Webhooks.Faults;
        (faults.LoseEvery, faults.DuplicateEvery) = (100, 20);
        for (var midnight = _plan.Start; midnight < _plan.Closes; midnight = midnight.AddDays(1))
        {
            day.Plan(midnight);
            _progress.Phase = string.Create(CultureInfo.InvariantCulture, $"{midnight:ddd d MMM}");
            for (var hour = 1; hour <= 24; hour++)
            {
                time.RunTo(midnight.AddHours(hour));
                _progress.Done = time.Now - _plan.Start;
            }
        }

        _progress.Phase = "Coming to rest";
        faults.Clear();
        time.RunTo(_plan.End);
        return time.Steps;
    }

    private void PlanTrouble(TimeDriver time, CancellationToken ct)
    {
        time.At(_plan.ProductOutage.From, () =>
        {
            time.RunUntil(_product!.DisposeAsync().AsTask());
            // A waking that it took with it never ends.
            (_product, _waking) = (null, Task.CompletedTask);
        });
        time.At(_plan.ProductOutage.To, () =>
        {
            var starting = StartProductAsync(ct);
            time.RunUntil(starting);
            _product = starting.Result;
        });
        time.At(_plan.OmetriaOutage.From, () => _away = _sandbox.Faults.Ometria.Always(Fault.Status(503)));
        time.At(_plan.OmetriaOutage.To, () => _sandbox.Faults.Ometria.Remove(_away!));
        time.At(_plan.RegistrationsRemovedAt, () =>
        {
            foreach (var webhook in _sandbox.Webhooks.Registrations)
                _sandbox.Webhooks.RemoveRegistration(webhook.Id);
        });
    }

    /// <summary>As the reminders of the product would, which are kept by the real clock.</summary>
    private void Wake(TimeDriver time)
    {
        time.At(time.Now + WakeEvery, () => Wake(time));
        if (_product is null || !_waking.IsCompleted)
            return;
        if (_waking.IsFaulted)
            _waking.GetAwaiter().GetResult();
        _waking = _product.WakeAsync(_connection.TenantId);
    }

    private Task<InnerProduct> StartProductAsync(CancellationToken ct) => InnerProduct.StartAsync(_sandbox, _folder, _url, _inFlight, ct);
}
