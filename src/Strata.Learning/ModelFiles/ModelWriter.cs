using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Learning.ModelFiles;

/// <summary>
/// Collects one model: named JSON values and named tensors, in nested sections. A section is a prefix: the tensor
/// <c>threshold</c> in section <c>learner</c> is the entry <c>tensors/learner.threshold</c>, and its values are in the manifest under <c>learner</c>.
/// </summary>
public sealed class ModelWriter
{
    private readonly string prefix;
    private readonly SortedDictionary<string, Tensor> tensors;

    public ModelWriter()
        : this(string.Empty, [], new SortedDictionary<string, Tensor>(StringComparer.Ordinal))
    {
    }

    private ModelWriter(string prefix, JsonObject values, SortedDictionary<string, Tensor> tensors)
    {
        this.prefix = prefix;
        this.tensors = tensors;
        Values = values;
    }

    /// <summary>The JSON of this section.</summary>
    public JsonObject Values { get; }

    internal IReadOnlyDictionary<string, Tensor> Tensors => tensors;

    /// <summary>A nested section, made on first use.</summary>
    public ModelWriter Section(string name)
    {
        if (Values[name] is not JsonObject nested)
        {
            Values[name] = nested = [];
        }

        return new ModelWriter($"{prefix}{name}.", nested, tensors);
    }

    /// <summary>Sets a value that System.Text.Json can write with the model file's options (snake case, enums by name, NaN and infinities as text).</summary>
    public void Set<T>(string name, T value) => Values[name] = JsonSerializer.SerializeToNode(value, ModelFileJson.Options);

    /// <summary>Adds a tensor of numbers (byte, int, long, float or double), row-major, little-endian.</summary>
    public void Tensor<T>(string name, ReadOnlySpan<T> data, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        long[] dimensions = shape.Length == 0 ? [data.Length] : [.. shape.ToArray().Select(length => (long)length)];
        if (dimensions.Aggregate(1L, (product, length) => product * length) != data.Length)
        {
            throw new ArgumentException($"Tensor '{name}' has {data.Length} values, which is not [{string.Join(", ", dimensions)}].", nameof(shape));
        }

        tensors.Add(prefix + name, new Tensor(ElementTypes.NameOf<T>(), dimensions, MemoryMarshal.AsBytes(data).ToArray()));
    }

    public void Tensor<T>(string name, T[] data, params ReadOnlySpan<int> shape)
        where T : unmanaged => Tensor(name, (ReadOnlySpan<T>)data, shape);
}

/// <summary>The raw bytes of one tensor.</summary>
internal sealed record Tensor(string ElementType, long[] Shape, byte[] Bytes);

internal static class ElementTypes
{
    private static readonly (Type Type, string Name, int Size)[] Table =
    [
        (typeof(byte), "uint8", 1), (typeof(int), "int32", 4), (typeof(long), "int64", 8), (typeof(float), "float32", 4), (typeof(double), "float64", 8),
    ];

    public static string NameOf<T>() => Table.FirstOrDefault(row => row.Type == typeof(T)).Name
        ?? throw new NotSupportedException($"Model files hold no tensors of {typeof(T).Name}.");

    public static int? SizeOf(string name) => Table.Where(row => row.Name == name).Select(row => (int?)row.Size).FirstOrDefault();
}
