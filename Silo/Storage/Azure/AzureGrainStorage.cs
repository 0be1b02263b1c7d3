using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace RechargeGrains.Silo.Storage.Azure;

/// <summary>Grain state in Azure Tables, by Orleans' own provider.</summary>
internal sealed class AzureGrainStorage(
    IGrainStorage provider, IGrainStorageSerializer serializer, IActivatorProvider activators, StorageMetrics metrics, ILogger<AzureGrainStorage> logger)
    : GuardedGrainStorage(provider, serializer, activators, metrics, logger)
{
    private const char Escape = '~';

    private static readonly GrainType AnyType = GrainType.Create("record");

    /// <summary>What a table's keys may hold and the provider leaves as it is.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._@");

    protected override GrainId RowOf(GrainId grainId) => GrainId.Create(AnyType, IdSpan.Create(Escaped(grainId.ToString())));

    protected override string NameOf(string stateName) => Escaped(stateName);

    /// <summary>Failures of the service and of the way there. The first line says what; the others repeat headers.</summary>
    protected override string? ReasonOf(Exception failure) => failure switch
    {
        InconsistentStateException => null,
        AggregateException { InnerException: { } inner } => ReasonOf(inner),
        IOException or HttpRequestException or TimeoutException or TaskCanceledException => failure.Message.TrimEnd('.'),
        _ when failure.GetType().FullName!.StartsWith("Azure.", StringComparison.Ordinal) => failure.Message.Split('\n')[0].TrimEnd('\r', '.'),
        _ => null,
    };

    /// <summary>
    /// What a key cannot hold by its UTF-8 bytes. The provider puts an underscore in place of each of these instead, and the tenant <c>a_b</c> could
    /// get the records of <c>a/b</c>.
    /// </summary>
    internal static string Escaped(string key)
    {
        if (!key.AsSpan().ContainsAnyExcept(Plain))
            return key;
        var escaped = new StringBuilder(key.Length + 16);
        foreach (var letter in Encoding.UTF8.GetBytes(key))
        {
            if (letter < 128 && Plain.Contains((char)letter))
                escaped.Append((char)letter);
            else
                escaped.Append(Escape).Append(letter.ToString("X2", CultureInfo.InvariantCulture));
        }

        return escaped.ToString();
    }
}
