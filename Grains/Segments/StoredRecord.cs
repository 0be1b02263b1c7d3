using Orleans.Storage;

namespace RechargeGrains.Grains.Segments;

/// <summary>One named record of a grain that owns several. Keeps the version, so that a write by anyone else is noticed.</summary>
internal sealed class StoredRecord<T>(IGrainStorage storage, GrainId grain, string name)
    where T : class, new()
{
    private readonly GrainState<T> _state = new(new T());

    public T Value => _state.State ??= new T();

    public bool Exists => _state.RecordExists;

    /// <summary>The version in storage, or null before the first write.</summary>
    public string? ETag => _state.ETag;

    public static async Task<StoredRecord<T>> ReadAsync(IGrainStorage storage, GrainId grain, string name)
    {
        var record = new StoredRecord<T>(storage, grain, name);
        await record.ReadAsync();
        return record;
    }

    /// <summary>Stands for a record of a known version without reading it.</summary>
    public static StoredRecord<T> At(IGrainStorage storage, GrainId grain, string name, string? etag, T value)
    {
        var record = new StoredRecord<T>(storage, grain, name);
        record._state.State = value;
        record._state.ETag = etag!;
        record._state.RecordExists = etag is not null;
        return record;
    }

    public Task ReadAsync() => storage.ReadStateAsync(name, grain, _state);

    public Task WriteAsync() => storage.WriteStateAsync(name, grain, _state);

    public Task ClearAsync() => storage.ClearStateAsync(name, grain, _state);
}
