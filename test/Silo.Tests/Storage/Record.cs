using System.Diagnostics.CodeAnalysis;

namespace RechargeGrains.Silo.Tests.Storage;

/// <summary>A holder of state, as a grain has one. Its state is there unless a test takes it away.</summary>
internal sealed class Record<T> : IGrainState<T>
    where T : class, new()
{
    [AllowNull]
    public T State { get; set; } = new();

    public string? ETag { get; set; }

    public bool RecordExists { get; set; }
}
