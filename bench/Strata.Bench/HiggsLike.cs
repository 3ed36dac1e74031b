using System.Runtime.InteropServices;
using Strata.Tensors;

namespace Strata.Bench;

/// <summary>
/// Generated rows in the manner of the HIGGS table: skewed and symmetric measurements, a few of few values, and columns made from others; the class depends on
/// products and angles, with noise, so that about 0.8 AUC can be reached.
/// </summary>
internal sealed record HiggsLike(float[][] Columns, int[] Labels)
{
    public static HiggsLike Generate(int rows, int columns, ulong seed)
    {
        float[][] values = [.. Enumerable.Range(0, columns).Select(_ => new float[rows])];
        var labels = new int[rows];
        var random = RandomSource.For(seed, "higgs-like rows");
        var x = new double[columns];
        for (int row = 0; row < rows; row++)
        {
            int measured = Math.Max(2, columns * 3 / 4);
            for (int i = 0; i < measured; i++)
            {
                double z = random.NextGaussian();
                x[i] = (i % 4) switch { 0 => Math.Exp(0.5 * z), 1 => z, 2 => Math.PI * (2 * random.NextDouble() - 1), _ => Math.Floor(2.2 * random.NextDouble() * (1 + (z > 0 ? 1 : 0))) };
            }

            for (int i = measured; i < columns; i++)
            {
                double a = x[(i * 5) % measured], b = x[(i * 3 + 1) % measured];
                x[i] = Math.Sqrt(a * a + b * b + 0.3 * a * b) * Math.Exp(0.1 * random.NextGaussian());
            }

            double score = 0;
            for (int i = 0; i + 2 < measured; i++)
            {
                score += 0.35 * Math.Sin(1.3 * x[i] + i) * Math.Tanh(x[i + 1]) + 0.1 * Math.Cos(x[i + 2] - x[i]);
            }

            labels[row] = score + 0.9 * random.NextGaussian() > 0.2 ? 1 : 0;
            for (int i = 0; i < columns; i++)
            {
                values[i][row] = (float)x[i];
            }
        }

        return new HiggsLike(values, labels);
    }

    /// <summary>Writes <c>NAME.x.f32</c> (column-major) and <c>NAME.y.u8</c> for the peers.</summary>
    public void Save(string directory, string name)
    {
        Directory.CreateDirectory(directory);
        using (FileStream file = File.Create(Path.Combine(directory, $"{name}.x.f32")))
        {
            foreach (float[] column in Columns)
            {
                file.Write(MemoryMarshal.AsBytes<float>(column));
            }
        }

        File.WriteAllBytes(Path.Combine(directory, $"{name}.y.u8"), [.. Labels.Select(label => (byte)label)]);
    }
}
