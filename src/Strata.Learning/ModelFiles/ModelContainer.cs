using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;

namespace Strata.Learning.ModelFiles;

/// <summary>
/// The container of a model file: a zip of <c>manifest.json</c> and raw little-endian tensors under <c>tensors/</c>. The same content always gives
/// the same bytes. Reading runs no code, touches nothing outside the container and bounds every size before it allocates.
/// </summary>
public static class ModelContainer
{
    public const string Format = "strata-model";

    /// <summary>The version that this program writes; it reads this one and every earlier one.</summary>
    public const int Version = 1;

    private const int MostEntries = 50_000;
    private const long MostManifestBytes = 256L << 20;
    private const long MostTensorBytes = 8L << 30;

    /// <summary>No byte of a packed entry unpacks to more than this.</summary>
    private const long MostUnpackedOfPacked = 1032;

    private const long LeastPackedBytes = 64;
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static void Write(Stream destination, ModelWriter content, CompressionLevel packing = CompressionLevel.Optimal)
    {
        ArgumentNullException.ThrowIfNull(content);
        var manifest = new JsonObject { ["format"] = Format, ["version"] = Version };
        var shapes = new JsonObject();
        foreach ((string name, Tensor tensor) in content.Tensors)
        {
            shapes[name] = new JsonObject { ["type"] = tensor.ElementType, ["shape"] = new JsonArray([.. tensor.Shape.Select(length => JsonValue.Create(length))]) };
        }

        manifest["tensors"] = shapes;
        manifest["model"] = content.Values.DeepClone();
        using var zip = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true);
        Add(zip, "manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest, ModelFileJson.Options), packing);
        foreach ((string name, Tensor tensor) in content.Tensors)
        {
            Add(zip, TensorEntry(name), tensor.Bytes, packing);
        }
    }

    /// <exception cref="ModelFileException">The bytes are not a whole model file of a known version.</exception>
    public static ModelReader Read(Stream source)
    {
        try
        {
            using var zip = new ZipArchive(source, ZipArchiveMode.Read, leaveOpen: true);
            return Read(zip);
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException or OverflowException or ArgumentException)
        {
            throw new ModelFileException($"This is not a whole Strata model file: {e.Message}", e);
        }
    }

    private static ModelReader Read(ZipArchive zip)
    {
        if (zip.Entries.Count > MostEntries)
        {
            throw new ModelFileException($"The model file has {zip.Entries.Count} entries; at most {MostEntries} are read.");
        }

        ZipArchiveEntry entry = zip.GetEntry("manifest.json") ?? throw new ModelFileException("This is not a Strata model file: it has no manifest.json.");
        JsonObject manifest = Manifest(Bytes(entry, MostManifestBytes));
        if ((manifest["format"] as JsonValue)?.TryGetValue(out string? format) != true || format != Format)
        {
            throw new ModelFileException("This is not a Strata model file: its manifest says so neither by format nor by version.");
        }

        if ((manifest["version"] as JsonValue)?.TryGetValue(out int version) != true || version is < 1 or > Version)
        {
            throw new ModelFileException($"The model file is of version {manifest["version"]}; this program reads 1 to {Version}. Use a newer Strata.");
        }

        if (manifest["model"] is not JsonObject model || manifest["tensors"] is not JsonObject shapes)
        {
            throw new ModelFileException("The manifest has no model or no list of tensors.");
        }

        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        long total = 0;
        foreach ((string name, JsonNode? node) in shapes)
        {
            TensorHead head = node.Deserialize<TensorHead>(ModelFileJson.Options) ?? throw new ModelFileException($"Tensor '{name}' has no type and shape.");
            int size = ElementTypes.SizeOf(head.Type) ?? throw new ModelFileException($"Tensor '{name}' is of unknown type '{head.Type}'.");
            long length = head.Shape.Aggregate((long)size, (product, dimension) => dimension < 0 ? throw new ModelFileException($"Tensor '{name}' has a negative length.") : checked(product * dimension));
            total = checked(total + length);
            if (length > Array.MaxLength || total > MostTensorBytes)
            {
                throw new ModelFileException($"Tensor '{name}' brings the file to {total} bytes; at most {MostTensorBytes} are read.");
            }

            ZipArchiveEntry data = zip.GetEntry(TensorEntry(name)) ?? throw new ModelFileException($"The data of tensor '{name}' is missing.");
            byte[] bytes = Bytes(data, length);
            if (bytes.Length != length)
            {
                throw new ModelFileException($"Tensor '{name}' has {bytes.Length} bytes but its shape needs {length}.");
            }

            tensors[name] = new Tensor(head.Type, head.Shape, bytes);
        }

        return new ModelReader(model, tensors);
    }

    /// <summary>Nodes read their texts when they are asked for them, so texts that are none, and names that come twice, are found here.</summary>
    private static JsonObject Manifest(byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new ModelFileException("The manifest is not UTF-8 text.");
        }

        var reader = new Utf8JsonReader(bytes);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                CheckText(in reader);
            }
        }

        return JsonNode.Parse(bytes, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false }) as JsonObject ?? throw new ModelFileException("The manifest is not a JSON object.");
    }

    private static void CheckText(in Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new ModelFileException("The manifest has half of a character in a text.", e);
        }
    }

    private static string TensorEntry(string name) => $"tensors/{name}";

    private static void Add(ZipArchive zip, string name, byte[] bytes, CompressionLevel packing)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, packing);
        entry.LastWriteTime = EntryTime;
        using Stream stream = entry.Open();
        stream.Write(bytes);
    }

    /// <summary>The entry's bytes; the declared length is checked against the bound before anything is allocated.</summary>
    private static byte[] Bytes(ZipArchiveEntry entry, long most)
    {
        if (entry.Length > most)
        {
            throw new ModelFileException($"Entry '{entry.FullName}' declares {entry.Length} bytes; expected at most {most}.");
        }

        if (entry.Length > Math.Max(entry.CompressedLength, LeastPackedBytes) * MostUnpackedOfPacked)
        {
            throw new ModelFileException($"Entry '{entry.FullName}' declares {entry.Length} bytes, more than its {entry.CompressedLength} packed ones can hold.");
        }

        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return stream.ReadByte() < 0 ? bytes : throw new ModelFileException($"Entry '{entry.FullName}' is longer than it declares.");
    }

    private sealed record TensorHead(string Type, long[] Shape);
}
