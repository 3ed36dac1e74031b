using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Strata.Learning.ModelFiles;

/// <summary>Gives back what a <see cref="ModelWriter"/> collected, checking every name, type and size; any surprise is a <see cref="ModelFileException"/>.</summary>
public sealed class ModelReader
{
    private readonly string prefix;
    private readonly IReadOnlyDictionary<string, Tensor> tensors;

    internal ModelReader(JsonObject values, IReadOnlyDictionary<string, Tensor> tensors)
        : this(string.Empty, values, tensors)
    {
    }

    private ModelReader(string prefix, JsonObject values, IReadOnlyDictionary<string, Tensor> tensors)
    {
        this.prefix = prefix;
        this.tensors = tensors;
        Values = values;
    }

    /// <summary>The JSON of this section.</summary>
    public JsonObject Values { get; }

    /// <summary>What a writer has collected, read back without a file.</summary>
    public static ModelReader Of(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        return new ModelReader((JsonObject)writer.Values.DeepClone(), writer.Tensors);
    }

    public bool HasSection(string name) => Values[name] is JsonObject;

    public ModelReader Section(string name) => Values[name] is JsonObject nested
        ? new ModelReader($"{prefix}{name}.", nested, tensors)
        : throw new ModelFileException($"The model file has no section '{prefix}{name}'.");

    public T Get<T>(string name)
    {
        if (Values[name] is not JsonNode node)
        {
            throw new ModelFileException($"The model file has no value '{prefix}{name}'.");
        }

        try
        {
            return node.Deserialize<T>(ModelFileJson.Options) ?? throw new ModelFileException($"Value '{prefix}{name}' of the model file is null.");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or NotSupportedException)
        {
            throw new ModelFileException($"Value '{prefix}{name}' of the model file is not the expected {typeof(T).Name}.", e);
        }
    }

    public T? TryGet<T>(string name)
        where T : class => Values[name] is null ? null : Get<T>(name);

    /// <summary>The values of a list, none of them null.</summary>
    public IReadOnlyList<T> Items<T>(string name)
        where T : class
    {
        T[] items = Get<T[]>(name);
        return items.Contains(null!) ? throw new ModelFileException($"A value in '{prefix}{name}' of the model file is null.") : items;
    }

    public bool HasTensor(string name) => tensors.ContainsKey(prefix + name);

    /// <summary>The tensor's values; its element type must be <typeparamref name="T"/> and, where lengths are given, its shape must be these (-1 for any).</summary>
    public T[] Tensor<T>(string name, params ReadOnlySpan<int> shape)
        where T : unmanaged
    {
        if (!tensors.TryGetValue(prefix + name, out Tensor? tensor))
        {
            throw new ModelFileException($"The model file has no tensor '{prefix}{name}'.");
        }

        bool fits = tensor.ElementType == ElementTypes.NameOf<T>() && (shape.Length == 0 || shape.Length == tensor.Shape.Length);
        for (int i = 0; fits && i < shape.Length; i++)
        {
            fits = shape[i] < 0 || shape[i] == tensor.Shape[i];
        }

        if (!fits)
        {
            string expected = shape.Length == 0 ? string.Empty : $"[{string.Join(", ", shape.ToArray())}]";
            throw new ModelFileException(
                $"Tensor '{prefix}{name}' is {tensor.ElementType}[{string.Join(", ", tensor.Shape)}], expected {ElementTypes.NameOf<T>()}{expected}.");
        }

        return MemoryMarshal.Cast<byte, T>(tensor.Bytes).ToArray();
    }
}
