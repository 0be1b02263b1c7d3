using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace RechargeGrains.Silo.Storage;

/// <summary>Brotli at its fastest, with the plain length in front so that it is undone in one go.</summary>
internal static class FastBrotli
{
    private const int LengthBytes = sizeof(int);
    private const int Quality = 1;
    private const int Window = 18;

    public static void Compress(ReadOnlySpan<byte> plain, ArrayBufferWriter<byte> to)
    {
        var result = to.GetSpan(LengthBytes + BrotliEncoder.GetMaxCompressedLength(plain.Length));
        BinaryPrimitives.WriteInt32BigEndian(result, plain.Length);
        if (!BrotliEncoder.TryCompress(plain, result[LengthBytes..], out var written, Quality, Window))
            throw new InvalidOperationException("The state could not be compressed.");

        to.Advance(LengthBytes + written);
    }

    public static byte[] Decompress(ReadOnlySpan<byte> compressed)
    {
        var plain = new byte[BinaryPrimitives.ReadInt32BigEndian(compressed)];
        if (!BrotliDecoder.TryDecompress(compressed[LengthBytes..], plain, out var written) || written != plain.Length)
            throw new InvalidDataException("The stored state is not as it was compressed.");

        return plain;
    }
}
