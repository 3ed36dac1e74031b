namespace Strata.Learning.Onnx;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">What it holds.</param>
/// <param name="Dimensions">For each a length, or the name of one that may vary.</param>
internal sealed record OnnxPort(string Name, OnnxElement Element, IReadOnlyList<object> Dimensions)
{
    /// <summary>The input of series whose steps this one counts; null for any other.</summary>
    public string? LengthsOf { get; init; }

    /// <summary>Writes it as a <c>ValueInfoProto</c>.</summary>
    public void Write(ProtobufWriter writer)
    {
        writer.Text(1, Name);
        writer.Message(2, type => type.Message(1, tensor =>
        {
            tensor.Whole(1, (int)Element);
            tensor.Message(2, shape =>
            {
                foreach (object dimension in Dimensions)
                {
                    shape.Message(1, one => Write(one, dimension));
                }
            });
        }));
    }

    private static void Write(ProtobufWriter writer, object dimension)
    {
        if (dimension is int length)
        {
            writer.Whole(1, length);
        }
        else
        {
            writer.Text(2, (string)dimension);
        }
    }
}
