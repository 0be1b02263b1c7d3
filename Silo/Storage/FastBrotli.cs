using System.Buffers.Binary;
using System.IO.Compression;

namespace RechargeGrains.Silo.Storage;

/// <summary>Brotli at its fastest, with the plain length in front so that it is undone in one go.</summary>
internal static class FastBrotli
{
    private const int LengthBytes = sizeof(int);
    private const int Quality = 1;
    private const int Window = 18;

    public static ReadOnlySpan<byte> Compress(ReadOnlySpan<byte> plain)
    {
        var result = new byte[LengthBytes + BrotliEncoder.GetMaxCompressedLength(plain.Length)];
        BinaryPrimitives.WriteInt32BigEndian(result, plain.Length);
        if (!BrotliEncoder.TryCompress(plain, result.AsSpan(LengthBytes), out var written, Quality, Window))
            throw new InvalidOperationException("The state could not be compressed.");

        return result.AsSpan(0, LengthBytes + written);
    }

    public static byte[] Decompress(ReadOnlySpan<byte> compressed)
    {
        var plain = new byte[BinaryPrimitives.ReadInt32BigEndian(compressed)];
        if (!BrotliDecoder.TryDecompress(compressed[LengthBytes..], plain, out var written) || written != plain.Length)
            throw new InvalidDataException("The stored state is not as it was compressed.");

        return plain;
    }
}
