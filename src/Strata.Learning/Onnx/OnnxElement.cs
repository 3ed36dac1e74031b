namespace Strata.Learning.Onnx;

/// <summary>What a tensor in an ONNX file holds, by the numbers of the format.</summary>
internal enum OnnxElement
{
    Float = 1,
    Int32 = 6,
    Int64 = 7,
    String = 8,
    Bool = 9,
    Double = 11,
}

/// <summary>The elements' names for people and certificates.</summary>
internal static class OnnxElements
{
    public static string Word(this OnnxElement element) => element switch
    {
        OnnxElement.Float => "float32",
        OnnxElement.Double => "float64",
        OnnxElement.Int32 => "int32",
        OnnxElement.Int64 => "int64",
        OnnxElement.Bool => "bool",
        _ => "string",
    };

    /// <summary>A number as the element can hold it.</summary>
    public static double Rounded(this OnnxElement element, double number) => element switch
    {
        OnnxElement.Float => (float)number,
        OnnxElement.Int32 or OnnxElement.Int64 => Math.Truncate(number),
        OnnxElement.Bool => number != 0 ? 1 : 0,
        _ => number,
    };
}
