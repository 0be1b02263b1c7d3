using Orleans.Storage;

namespace RechargeGrains.Silo.Storage;

/// <summary>State as it is stored: sealed already, so that the provider below passes on bytes and nothing else.</summary>
internal sealed class SealedState
{
    public ReadOnlyMemory<byte> Bytes { get; set; }

    /// <summary>Takes the bytes as they are.</summary>
    internal sealed class Serializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new((input as SealedState)!.Bytes);

        public T Deserialize<T>(BinaryData input) => (T)(object)new SealedState { Bytes = input.ToMemory() };
    }
}
