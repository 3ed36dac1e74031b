using System.Runtime.InteropServices;
using System.Text.Json;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Bench;

/// <summary>A table that <c>peers/tables.py</c> wrote: the rows to learn from, and others to test on.</summary>
internal sealed class BenchTable
{
    private readonly string directory;
    private readonly Description about;

    private BenchTable(string directory, Description about) => (this.directory, this.about) = (directory, about);

    public static BenchTable Open(string directory) =>
        new(directory, JsonSerializer.Deserialize<Description>(File.ReadAllText(Path.Combine(directory, "table.json")), ModelFileJson.Options)!);

    public TrainingTable Train() => Read("train", about.TrainRows);

    public TrainingTable Test() => Read("test", about.TestRows);

    private TrainingTable Read(string part, int rows)
    {
        float[] cells = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(directory, $"{part}.x.f32"))).ToArray();
        double[] target = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(directory, $"{part}.y.f64"))).ToArray();
        var frame = new Frame(about.Levels.Select((levels, i) => Column($"x{i}", cells.AsSpan(i * rows, rows), levels)));
        Target labels = about.Classes == 0
            ? new NumberTarget("y", target)
            : new ClassTarget("y", [.. target.Select(code => (int)code)], [.. Enumerable.Range(0, about.Classes).Select(code => $"c{code}")]);
        return new TrainingTable(frame, labels);
    }

    private static Column Column(string name, ReadOnlySpan<float> cells, int levels)
    {
        if (levels == 0)
        {
            return new Float32Column(name, cells.ToArray());
        }

        var codes = new int[cells.Length];
        for (int row = 0; row < codes.Length; row++)
        {
            codes[row] = float.IsNaN(cells[row]) ? -1 : (int)cells[row];
        }

        return new CategoryColumn(name, codes, [.. Enumerable.Range(0, levels).Select(level => $"l{level}")]);
    }

    private sealed record Description(string Name, int TrainRows, int TestRows, int Classes, int[] Levels);
}
