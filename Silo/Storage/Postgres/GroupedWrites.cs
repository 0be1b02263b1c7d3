using System.Globalization;
using Orleans.Storage;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>
/// Orleans' ADO.NET provider, but for writes: it makes a transaction of each, and a webhook is three. Those go by <see cref="PostgresWriter"/> into
/// the same table in the same form.
/// </summary>
internal sealed class GroupedWrites(IGrainStorage provider, PostgresWriter writer) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => provider.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var state = (SealedState)(object)grainState.State!;
        grainState.ETag = await WriteAsync(stateName, grainId, grainState.ETag, state.Bytes);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await WriteAsync(stateName, grainId, grainState.ETag, null);
        (grainState.ETag, grainState.RecordExists) = (null, false);
    }

    private async Task<string> WriteAsync(string name, GrainId grain, string? etag, ReadOnlyMemory<byte>? state)
    {
        int? expected = etag is null ? null : int.Parse(etag, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var version = await writer.WriteAsync(new PostgresWrite(grain.Key.ToString()!, name, expected, state));
        return version?.ToString(CultureInfo.InvariantCulture)
            ?? throw new InconsistentStateException($"Refused to write '{name}' of {grain}: it is at another version.", "unknown", etag ?? "none");
    }
}
