using System.Runtime.InteropServices;
using Strata.Learning.Data;

namespace Strata.Bench;

/// <summary>Columns of doubles as a frame, and as files for the peers.</summary>
internal static class LinearRows
{
    public static Frame FrameOf(double[][] values) => new(values.Select((column, j) => new Float64Column($"x{j}", column)));

    /// <summary>Writes <c>NAME.x.f64</c> (column-major) and <c>NAME.y.f64</c>, where a directory is given.</summary>
    public static void Save(string? directory, string name, double[][] values, double[] target)
    {
        if (directory is null)
        {
            return;
        }

        Directory.CreateDirectory(directory);
        using FileStream file = File.Create(Path.Combine(directory, $"{name}.x.f64"));
        foreach (double[] column in values)
        {
            file.Write(MemoryMarshal.AsBytes<double>(column));
        }

        File.WriteAllBytes(Path.Combine(directory, $"{name}.y.f64"), MemoryMarshal.AsBytes<double>(target).ToArray());
    }
}
