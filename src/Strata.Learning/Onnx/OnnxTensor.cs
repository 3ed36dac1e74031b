namespace Strata.Learning.Onnx;

/// <summary>Numbers or texts in a rectangle of any number of dimensions, the last innermost. Numbers of any kind are held as doubles that the kind can hold; true is 1.</summary>
internal sealed class OnnxTensor
{
    private OnnxTensor(OnnxElement element, int[] shape, double[] numbers, string[] texts)
    {
        (Element, Shape, Numbers, Texts) = (element, shape, numbers, texts);
        if (Count != (element == OnnxElement.String ? texts.Length : numbers.Length))
        {
            throw new ArgumentException($"{Math.Max(numbers.Length, texts.Length)} values do not fill [{string.Join(", ", shape)}].", nameof(shape));
        }
    }

    public OnnxElement Element { get; }

    public int[] Shape { get; }

    public double[] Numbers { get; }

    public string[] Texts { get; }

    public int Count => Shape.Aggregate(1, (count, length) => checked(count * length));

    /// <summary>Numbers, rounded to what the element can hold.</summary>
    public static OnnxTensor Of(OnnxElement element, int[] shape, IEnumerable<double> numbers) => new(element, shape, [.. numbers.Select(number => element.Rounded(number))], []);

    public static OnnxTensor Of(int[] shape, IEnumerable<string> texts) => new(OnnxElement.String, shape, [], [.. texts]);

    /// <summary>The same values in another shape.</summary>
    public OnnxTensor Reshaped(params int[] shape) => new(Element, shape, Numbers, Texts);

    /// <summary>Values of the same element at these places.</summary>
    public OnnxTensor Picked(int[] shape, int[] places) => Element == OnnxElement.String
        ? Of(shape, places.Select(place => Texts[place]))
        : new OnnxTensor(Element, shape, [.. places.Select(place => Numbers[place])], []);

    /// <summary>Writes it as a <c>TensorProto</c>.</summary>
    public void Write(ProtobufWriter writer, string? name)
    {
        foreach (int length in Shape)
        {
            writer.Whole(1, length);
        }

        writer.Whole(2, (int)Element);
        if (name is not null)
        {
            writer.Text(8, name);
        }

        foreach (string text in Texts)
        {
            writer.Text(6, text);
        }

        switch (Element)
        {
            case OnnxElement.Float:
                writer.Bytes(9, ProtobufWriter.Raw<float>(Array.ConvertAll(Numbers, number => (float)number)));
                break;
            case OnnxElement.Double:
                writer.Bytes(9, ProtobufWriter.Raw<double>(Numbers));
                break;
            case OnnxElement.Int64:
                writer.Bytes(9, ProtobufWriter.Raw<long>(Array.ConvertAll(Numbers, number => (long)number)));
                break;
            case OnnxElement.Int32:
                writer.Bytes(9, ProtobufWriter.Raw<int>(Array.ConvertAll(Numbers, number => (int)number)));
                break;
            case OnnxElement.Bool:
                writer.Bytes(9, Array.ConvertAll(Numbers, number => (byte)number));
                break;
        }
    }
}
