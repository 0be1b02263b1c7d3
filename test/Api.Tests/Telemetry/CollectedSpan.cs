namespace RechargeGrains.Api.Tests.Telemetry;

/// <summary>A span as OTLP sends it (trace/v1/trace.proto): what the tests look at. The instance is the process it comes from.</summary>
public sealed record CollectedSpan(
    string Instance, string TraceId, string SpanId, string ParentId, string Name, IReadOnlyDictionary<string, string> Tags, IReadOnlyList<(string TraceId, string SpanId)> Links)
{
    public static IEnumerable<CollectedSpan> ReadAll(byte[] request) =>
        from resource in Fields(request).Where(field => field.Number == 1)
        let instance = Fields(resource.Bytes).Where(field => field.Number == 1).SelectMany(field => Fields(field.Bytes)).Where(field => field.Number == 1)
            .Select(field => Tag([.. Fields(field.Bytes)])).Single(tag => tag.Key == "service.instance.id").Value
        from scope in Fields(resource.Bytes).Where(field => field.Number == 2)
        from span in Fields(scope.Bytes).Where(field => field.Number == 2)
        select Read(instance, [.. Fields(span.Bytes)]);

    private static CollectedSpan Read(string instance, IReadOnlyList<Field> fields) => new(
        instance, Hex(fields, 1), Hex(fields, 2), Hex(fields, 4), Encoding.UTF8.GetString(Of(fields, 5)),
        fields.Where(field => field.Number == 9).Select(field => Tag([.. Fields(field.Bytes)])).ToDictionary(),
        [.. fields.Where(field => field.Number == 13).Select(field => Fields(field.Bytes).ToList()).Select(link => (Hex(link, 1), Hex(link, 2)))]);

    private static KeyValuePair<string, string> Tag(IReadOnlyList<Field> pair)
    {
        var value = Fields(Of(pair, 2)).FirstOrDefault();
        return new(Encoding.UTF8.GetString(Of(pair, 1)), value.Number == 1 ? Encoding.UTF8.GetString(value.Bytes) : value.Varint.ToString(CultureInfo.InvariantCulture));
    }

    private static string Hex(IReadOnlyList<Field> fields, int number) => Convert.ToHexStringLower(Of(fields, number));

    private static byte[] Of(IReadOnlyList<Field> fields, int number) => fields.FirstOrDefault(field => field.Number == number).Bytes ?? [];

    /// <summary>The fields of a message of Protocol Buffers, in their order.</summary>
    private static IEnumerable<Field> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    yield return new Field(number, [], Varint(message, ref at));
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    yield return new Field(number, message[at..(at + length)], 0);
                    at += length;
                    break;
                case 1:
                    at += 8;
                    break;
                default:
                    at += 4;
                    break;
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = message[at++];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
    }

    private readonly record struct Field(int Number, byte[] Bytes, ulong Varint);
}
