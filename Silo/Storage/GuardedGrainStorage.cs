using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using RechargeGrains.Grains.Security;

namespace RechargeGrains.Silo.Storage;

/// <summary>
/// Grain state by a provider of Orleans for a store that others share. A record is replaced or cleared only by whoever saw its latest version;
/// all others get an <see cref="InconsistentStateException"/>.
/// </summary>
/// <remarks>
/// What is done here is what such providers do in a way that does not suit: they take different keys for the same; they serialize
/// after they have waited, when the turn of the grain may have gone on; they clear a record that the caller never saw; they know nothing of
/// cancellation; and they fail with exceptions of their own.
/// </remarks>
internal abstract partial class GuardedGrainStorage : IGrainStorage
{
    private readonly IGrainStorage _provider;
    private readonly IGrainStorageSerializer _serializer;
    private readonly IActivatorProvider _activators;
    private readonly StorageMetrics? _metrics;
    private readonly ILogger _logger;
    private int _underWay;

    /// <param name="provider">Orleans' provider.</param>
    /// <param name="serializer">Seals.</param>
    /// <param name="activators">Makes empty state.</param>
    /// <param name="metrics">Told of commits; null where the provider tells of them itself.</param>
    /// <param name="logger">The log.</param>
    protected GuardedGrainStorage(
        IGrainStorage provider, IGrainStorageSerializer serializer, IActivatorProvider activators, StorageMetrics? metrics, ILogger logger)
    {
        _provider = provider;
        _serializer = serializer;
        _activators = activators;
        _metrics = metrics;
        _logger = logger;
        metrics?.Watch(() => Volatile.Read(ref _underWay));
    }

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(stateName, grainId, cancellationToken);
        try
        {
            grainState.State = stored.RecordExists ? _serializer.Deserialize<T>(new BinaryData(stored.State!.Bytes)) : NewState<T>();
        }
        catch (SecretUnreadableException failure)
        {
            LogUnreadable(failure, stateName, grainId);
            throw;
        }

        grainState.RecordExists = stored.RecordExists;
        grainState.ETag = stored.RecordExists ? stored.ETag : null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        // Made here, on the caller's turn: the state may change while the write waits.
        var stored = new GrainState<SealedState>
        {
            State = new SealedState { Bytes = _serializer.Serialize(grainState.State).ToMemory() },
            ETag = string.IsNullOrEmpty(grainState.ETag) ? null : KnownETag(grainState.ETag),
            RecordExists = grainState.RecordExists,
        };
        await CommitAsync(() => _provider.WriteStateAsync(NameOf(stateName), RowOf(grainId), stored), cancellationToken);
        grainState.RecordExists = true;
        grainState.ETag = stored.ETag;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(grainState.ETag))
        {
            // Clearing nothing is fine for a caller who never saw a record, and a conflict if there is one.
            var stored = await ReadAsync(stateName, grainId, cancellationToken);
            if (stored.RecordExists)
                throw new InconsistentStateException($"Refused to clear '{stateName}' of {grainId}: it is at another version.", stored.ETag ?? "none", "none");
        }
        else
        {
            var stored = new GrainState<SealedState> { State = new SealedState(), ETag = KnownETag(grainState.ETag), RecordExists = true };
            await CommitAsync(() => _provider.ClearStateAsync(NameOf(stateName), RowOf(grainId), stored), cancellationToken);
        }

        grainState.State = NewState<T>();
        grainState.RecordExists = false;
        grainState.ETag = null;
    }

    private async Task<GrainState<SealedState>> ReadAsync(string stateName, GrainId grainId, CancellationToken cancellationToken)
    {
        var stored = new GrainState<SealedState>();
        await AskAsync(() => _provider.ReadStateAsync(NameOf(stateName), RowOf(grainId), stored), cancellationToken);
        return stored;
    }

    private async Task CommitAsync(Func<Task> commit, CancellationToken cancellationToken)
    {
        var begun = Stopwatch.GetTimestamp();
        Interlocked.Increment(ref _underWay);
        try
        {
            await AskAsync(commit, cancellationToken);
            _metrics?.Committed(1, Stopwatch.GetElapsedTime(begun));
        }
        catch (StorageUnavailableException)
        {
            _metrics?.CommitFailed();
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task AskAsync(Func<Task> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await ask();
        }
        catch (Exception failure) when (ReasonOf(failure) is { } reason)
        {
            // Which can be told to callers in another process, and names no table and no value.
            throw new StorageUnavailableException($"The store could not do it: {reason}.");
        }
    }

    /// <summary>The grain as the provider is told of it, so that it keeps apart what is not the same.</summary>
    protected abstract GrainId RowOf(GrainId grainId);

    /// <summary>The record's name as the provider is told of it, likewise.</summary>
    protected virtual string NameOf(string stateName) => stateName;

    /// <summary>An ETag as the provider can read it. One of another kind, as of another store, has to match no version.</summary>
    protected virtual string KnownETag(string etag) => etag;

    /// <summary>Why the store could not do it, in a few words; null if the failure is something else.</summary>
    protected abstract string? ReasonOf(Exception failure);

    private T NewState<T>() => _activators.GetActivator<T>().Create();

    [LoggerMessage(2304, LogLevel.Error, "The record {Name} of {Grain} cannot be opened")]
    private partial void LogUnreadable(Exception error, string name, GrainId grain);
}
