using System.Runtime.InteropServices;

namespace Strata.Learning.ModelFiles;

/// <summary>What the numbers of a tensor in a safetensors file are.</summary>
public enum SafeTensorType
{
    F64,
    F32,
    F16,

    /// <summary>The upper half of a single-precision number.</summary>
    BF16,
    I64,
    I32,
    I16,
    I8,
    U8,
    Bool,
}

internal static class SafeTensorTypes
{
    public static int Size(this SafeTensorType type) => type switch
    {
        SafeTensorType.F64 or SafeTensorType.I64 => 8,
        SafeTensorType.F32 or SafeTensorType.I32 => 4,
        SafeTensorType.F16 or SafeTensorType.BF16 or SafeTensorType.I16 => 2,
        _ => 1,
    };

    /// <summary>As files spell it.</summary>
    public static string Word(this SafeTensorType type) => type.ToString().ToUpperInvariant();

    public static SafeTensorType? Named(string word) => Enum.GetValues<SafeTensorType>().Where(type => type.Word() == word).Select(type => (SafeTensorType?)type).FirstOrDefault();
}

/// <summary>A named tensor: raw little-endian numbers, row-major.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Type">Of the numbers.</param>
/// <param name="Shape">Empty for a single number.</param>
/// <param name="Bytes">As many as type and shape need.</param>
public sealed record SafeTensor(string Name, SafeTensorType Type, IReadOnlyList<int> Shape, ReadOnlyMemory<byte> Bytes)
{
    public static SafeTensor Of(string name, ReadOnlySpan<float> values, params IReadOnlyList<int> shape) => new(name, SafeTensorType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The values, brought to single precision.</summary>
    public float[] ToSingles() => Type switch
    {
        SafeTensorType.F64 => Cast<double>(value => (float)value),
        SafeTensorType.F32 => Cast<float>(value => value),
        SafeTensorType.F16 => Cast<Half>(value => (float)value),
        SafeTensorType.BF16 => Cast<ushort>(value => BitConverter.Int32BitsToSingle(value << 16)),
        SafeTensorType.I64 => Cast<long>(value => value),
        SafeTensorType.I32 => Cast<int>(value => value),
        SafeTensorType.I16 => Cast<short>(value => value),
        SafeTensorType.I8 => Cast<sbyte>(value => value),
        _ => Cast<byte>(value => value),
    };

    private float[] Cast<T>(Func<T, float> convert)
        where T : unmanaged
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(Bytes.Span);
        var values = new float[from.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = convert(from[i]);
        }

        return values;
    }
}
