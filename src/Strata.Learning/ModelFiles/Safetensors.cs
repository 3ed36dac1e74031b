using System.Buffers.Binary;
using System.Text.Json;

namespace Strata.Learning.ModelFiles;

/// <summary>
/// Named tensors in a safetensors file: eight bytes with the length of a JSON header, the header, and the numbers. Reading runs no code, and every size is checked before
/// anything is allocated: names once, offsets without gap or overlap, shapes that fill their bytes.
/// </summary>
public sealed class Safetensors
{
    private const string MetadataKey = "__metadata__";
    private const int LengthBytes = 8, MostHeaderBytes = 100_000_000, MostDimensions = 16, Alignment = 8;

    private readonly Dictionary<string, SafeTensor> byName;

    /// <param name="tensors">Each under a name of its own.</param>
    /// <param name="metadata">Texts by name; empty for none.</param>
    public Safetensors(IEnumerable<SafeTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        Tensors = [.. tensors];
        byName = Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        Metadata = metadata ?? new Dictionary<string, string>();
    }

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<SafeTensor> Tensors { get; }

    public IReadOnlyDictionary<string, string> Metadata { get; }

    public SafeTensor? TryGet(string name) => byName.GetValueOrDefault(name);

    /// <exception cref="ModelFileException">The bytes are no whole safetensors file.</exception>
    public static Safetensors Read(Stream source)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (!source.CanSeek)
        {
            // What a stream holds is known only when it has been read; then declared sizes can be checked against it.
            using var whole = new MemoryStream();
            source.CopyTo(whole);
            whole.Position = 0;
            return Read(whole);
        }

        try
        {
            Span<byte> head = stackalloc byte[LengthBytes];
            source.ReadExactly(head);
            ulong length = BinaryPrimitives.ReadUInt64LittleEndian(head);
            if (length > MostHeaderBytes || (long)length > source.Length - source.Position)
            {
                throw new ModelFileException($"The safetensors header declares {length} bytes, which the file does not hold or which is more than {MostHeaderBytes}.");
            }

            var header = new byte[(int)length];
            source.ReadExactly(header);
            using JsonDocument json = JsonDocument.Parse(header, new JsonDocumentOptions { MaxDepth = 8 });
            return Read(json.RootElement, source);
        }
        catch (Exception e) when (e is EndOfStreamException or JsonException or OverflowException or InvalidOperationException)
        {
            throw new ModelFileException($"This is not a whole safetensors file: {e.Message}", e);
        }
    }

    /// <summary>Writes the file; the same content always gives the same bytes. The header is padded so that numbers begin at a multiple of eight bytes.</summary>
    public void Write(Stream destination)
    {
        ArgumentNullException.ThrowIfNull(destination);

        // Wide numbers first, so that each begins at a multiple of its own size.
        SafeTensor[] order = [.. Tensors.OrderByDescending(tensor => tensor.Type.Size()).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            WriteHeader(json, order);
        }

        while (header.Length % Alignment != 0)
        {
            header.WriteByte((byte)' ');
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        destination.Write(length);
        header.WriteTo(destination);
        foreach (SafeTensor tensor in order)
        {
            destination.Write(tensor.Bytes.Span);
        }
    }

    private void WriteHeader(Utf8JsonWriter json, SafeTensor[] order)
    {
        json.WriteStartObject();
        if (Metadata.Count > 0)
        {
            json.WriteStartObject(MetadataKey);
            foreach ((string key, string text) in Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(key, text);
            }

            json.WriteEndObject();
        }

        long at = 0;
        foreach (SafeTensor tensor in order)
        {
            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Type.Word());
            json.WriteStartArray("shape");
            foreach (int dimension in tensor.Shape)
            {
                json.WriteNumberValue(dimension);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(at);
            json.WriteNumberValue(at += tensor.Bytes.Length);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static Safetensors Read(JsonElement root, Stream source)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw new ModelFileException("The safetensors header is not a JSON object.");
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var heads = new Dictionary<string, Head>(StringComparer.Ordinal);
        foreach (JsonProperty property in root.EnumerateObject())
        {
            if (property.Name == MetadataKey)
            {
                metadata = MetadataOf(property.Value);
            }
            else if (!heads.TryAdd(property.Name, Head.Of(property)))
            {
                throw new ModelFileException($"Tensor '{property.Name}' stands twice in the safetensors header.");
            }
        }

        Head[] order = [.. heads.Values.OrderBy(head => head.From).ThenBy(head => head.To)];
        long at = 0, rest = source.Length - source.Position;
        foreach (Head head in order)
        {
            at = head.From == at && head.To <= rest ? head.To : throw new ModelFileException($"Tensor '{head.Name}' lies at bytes {head.From} to {head.To} of the safetensors data; expected it to begin at {at} and to end within {rest}.");
        }

        List<SafeTensor> tensors = [];
        foreach (Head head in order)
        {
            var bytes = new byte[head.To - head.From];
            source.ReadExactly(bytes);
            tensors.Add(new SafeTensor(head.Name, head.Type, head.Shape, bytes));
        }

        return source.ReadByte() < 0 ? new Safetensors(tensors, metadata) : throw new ModelFileException("The safetensors file goes on after its last tensor.");
    }

    private static Dictionary<string, string> MetadataOf(JsonElement element)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new ModelFileException("The metadata of the safetensors header are not texts by name.");
        }

        foreach (JsonProperty one in element.EnumerateObject())
        {
            metadata[one.Name] = one.Value.ValueKind == JsonValueKind.String ? one.Value.GetString()! : throw new ModelFileException($"Metadata '{one.Name}' of the safetensors header is not text.");
        }

        return metadata;
    }

    /// <summary>What the header says of a tensor, checked by itself.</summary>
    private sealed record Head(string Name, SafeTensorType Type, int[] Shape, long From, long To)
    {
        public static Head Of(JsonProperty property)
        {
            string name = property.Name;
            ModelFileException Problem(string what) => new($"Tensor '{name}' in the safetensors header {what}.");
            JsonElement head = property.Value;
            if (head.ValueKind != JsonValueKind.Object || !head.TryGetProperty("dtype", out JsonElement dtype) || !head.TryGetProperty("shape", out JsonElement shape) || !head.TryGetProperty("data_offsets", out JsonElement offsets)
                || dtype.ValueKind != JsonValueKind.String || shape.ValueKind != JsonValueKind.Array || offsets.ValueKind != JsonValueKind.Array || offsets.GetArrayLength() != 2 || shape.GetArrayLength() > MostDimensions)
            {
                throw Problem("has no type, shape and place");
            }

            SafeTensorType type = SafeTensorTypes.Named(dtype.GetString()!) ?? throw Problem($"is of type '{dtype.GetString()}', which is not read");
            long size = type.Size();
            var lengths = new List<int>();
            foreach (JsonElement length in shape.EnumerateArray())
            {
                lengths.Add(length.TryGetInt32(out int one) && one >= 0 ? one : throw Problem($"has the length {length}"));
                size = checked(size * lengths[^1]);
            }

            return offsets[0].TryGetInt64(out long from) && offsets[1].TryGetInt64(out long to) && from >= 0 && to - from == size && size <= Array.MaxLength
                ? new Head(name, type, [.. lengths], from, to)
                : throw Problem($"lies at {offsets}, which is not {size} bytes");
        }
    }
}
