using System.Globalization;
using Microsoft.Extensions.Logging;
using Npgsql;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace RechargeGrains.Silo.Storage.Postgres;

/// <summary>Grain state in PostgreSQL, by Orleans' own ADO.NET provider over our statements (<see cref="PostgresSchema"/>), writes in groups.</summary>
internal sealed class PostgresGrainStorage(
    IGrainStorage provider, IGrainStorageSerializer serializer, IActivatorProvider activators, ILogger<PostgresGrainStorage> logger)
    : GuardedGrainStorage(provider, serializer, activators, metrics: null, logger)
{
    private static readonly GrainType AnyType = GrainType.Create("record");

    /// <summary>
    /// The whole grain id as the key. The provider takes a text that looks like a hexadecimal number for one; a slash in front is none of its digits.
    /// </summary>
    protected override GrainId RowOf(GrainId grainId) => GrainId.Create(AnyType, IdSpan.Create($"/{grainId}"));

    protected override string KnownETag(string etag) => int.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out _) ? etag : "-1";

    protected override string? ReasonOf(Exception failure) => failure is NpgsqlException database ? PostgresFailure.Reason(database) : null;
}
