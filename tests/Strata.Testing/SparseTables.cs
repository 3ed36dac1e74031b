using Strata.Learning;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Testing;

/// <summary>The same table twice: of sparse columns, and of the same columns in full.</summary>
/// <param name="Sparse">Few entries, some columns with another common value than 0, one column in full.</param>
/// <param name="Full">The same numbers.</param>
public sealed record SparseTables(TrainingTable Sparse, TrainingTable Full)
{
    public static SparseTables Of(LearningTask task, int rows = 400, int columns = 60, bool weighted = true, bool counts = false, ulong seed = 5)
    {
        var random = RandomSource.For(seed, "sparse tables");
        var features = new List<Column>();
        var score = new double[rows];
        for (int j = 0; j < columns; j++)
        {
            int[] entries = [.. Enumerable.Range(0, rows).Where(_ => random.NextDouble() < 0.04)];
            double common = counts || j % 7 != 0 ? 0 : -0.5;
            double[] values = [.. entries.Select(_ => counts ? 1.0 + random.NextInt(4) : common + random.NextGaussian())];
            features.Add(new SparseNumberColumn($"x{j}", rows, entries, values, common));
            double effect = random.NextGaussian();
            for (int i = 0; i < entries.Length; i++)
            {
                score[entries[i]] += effect * (values[i] - common);
            }
        }

        double[] whole = [.. Enumerable.Range(0, rows).Select(_ => counts ? random.NextInt(6) : 100 + random.NextGaussian())];
        features.Insert(columns / 2, new Float64Column("whole", whole));
        for (int row = 0; row < rows; row++)
        {
            score[row] += 0.3 * (whole[row] - (counts ? 2.5 : 100)) + 0.5 * random.NextGaussian();
        }

        Target target = task switch
        {
            LearningTask.Regression => new NumberTarget("y", score),
            LearningTask.BinaryClassification => new ClassTarget("y", [.. score.Select(value => value > 0 ? 1 : 0)], ["no", "yes"]),
            _ => new ClassTarget("y", [.. score.Select(value => value < -0.5 ? 0 : value < 0.5 ? 1 : 2)], ["a", "b", "c"]),
        };
        double[]? weights = weighted ? [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(10) == 0 ? 0.0 : 0.5 + random.NextDouble())] : null;
        var sparse = new Frame(features);
        return new SparseTables(new TrainingTable(sparse, target, weights), new TrainingTable(InFull(sparse), target, weights));
    }

    public static Frame InFull(Frame frame) => new(frame.Columns.Select(column => column is SparseNumberColumn sparse ? sparse.InFull() : column));
}
