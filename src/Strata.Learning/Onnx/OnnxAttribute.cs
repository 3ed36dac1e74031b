namespace Strata.Learning.Onnx;

/// <summary>A setting of a node: a number, a text, a list of them, or a tensor.</summary>
/// <param name="Name">As the operation calls it.</param>
/// <param name="Value"><c>long</c>, <c>float</c>, <c>string</c>, an array of these, or an <see cref="OnnxTensor"/>.</param>
internal sealed record OnnxAttribute(string Name, object Value)
{
    /// <summary>Writes it as an <c>AttributeProto</c>.</summary>
    public void Write(ProtobufWriter writer)
    {
        writer.Text(1, Name);
        switch (Value)
        {
            case float number:
                writer.Single(2, number);
                writer.Whole(20, 1);
                break;
            case long whole:
                writer.Whole(3, whole);
                writer.Whole(20, 2);
                break;
            case string text:
                writer.Text(4, text);
                writer.Whole(20, 3);
                break;
            case OnnxTensor tensor:
                writer.Message(5, inner => tensor.Write(inner, name: null));
                writer.Whole(20, 4);
                break;
            case float[] numbers:
                writer.Singles(7, numbers);
                writer.Whole(20, 6);
                break;
            case long[] wholes:
                writer.Wholes(8, wholes);
                writer.Whole(20, 7);
                break;
            case string[] texts:
                foreach (string text in texts)
                {
                    writer.Text(9, text);
                }

                writer.Whole(20, 8);
                break;
            default:
                throw new ArgumentException($"Attribute '{Name}' is a {Value.GetType().Name}, which ONNX has none of.");
        }
    }
}
