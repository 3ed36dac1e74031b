using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.RandomKernels;

/// <summary>The columns of a table that are no series, as features: numbers with gaps filled by their mean, and a number for each level of a category.</summary>
internal sealed class BesideColumns
{
    private readonly int[] columns, levels;
    private readonly double[] means;

    /// <param name="columns">Their places.</param>
    /// <param name="levels">For each how many levels it has; 0 for numbers.</param>
    /// <param name="means">For each the mean of the training rows; 0 for categories.</param>
    private BesideColumns(int[] columns, int[] levels, double[] means)
    {
        (this.columns, this.levels, this.means) = (columns, levels, means);
        FeatureCount = levels.Sum(count => Math.Max(1, count));
    }

    public int FeatureCount { get; }

    public static BesideColumns Of(Frame rows, SeriesLayout layout) => new(layout.Beside, Levels(rows.Schema, layout), [.. layout.Beside.Select(i => MeanOf(rows.Columns[i]))]);

    public static BesideColumns Read(ModelReader reader, Schema schema, SeriesLayout layout)
    {
        double[] means = reader.Tensor<double>("beside_means", layout.Beside.Length);
        return means.All(double.IsFinite) ? new BesideColumns(layout.Beside, Levels(schema, layout), means) : throw new ModelFileException("A mean in the model file is not finite.");
    }

    public void Write(ModelWriter writer) => writer.Tensor("beside_means", means);

    /// <exception cref="DataException">A number is infinite or too large.</exception>
    public void Fill(Frame rows, int row, Span<float> features)
    {
        int at = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            Column column = rows.Columns[columns[i]];
            if (levels[i] > 0)
            {
                Span<float> own = features.Slice(at, levels[i]);
                own.Clear();
                if (((CategoryColumn)column).Codes[row] is >= 0 and int code && code < own.Length)
                {
                    own[code] = 1;
                }

                at += levels[i];
                continue;
            }

            double value = column.NumberAt(row);
            features[at++] = (float)Checked(double.IsNaN(value) ? means[i] : value, column.Name, row);
        }
    }

    /// <summary>The same inside a graph: float32 [rows, features].</summary>
    public IEnumerable<OnnxValue> Export(OnnxTable rows) => columns.Select((column, i) =>
    {
        string name = rows.Columns.Columns[column].Name;
        if (levels[i] == 0)
        {
            OnnxValue numbers = rows.Numbers([name]);
            return numbers.IsMissing().Choose(numbers.Same(means[i]), numbers).As(OnnxElement.Float);
        }

        OnnxValue codes = rows.Graph.Constant("codes", OnnxElement.Int64, [1, levels[i]], Enumerable.Range(0, levels[i]).Select(code => (double)code));
        return rows[name].To("Equal", OnnxElement.Bool, codes).As(OnnxElement.Float);
    });

    private static int[] Levels(Schema schema, SeriesLayout layout) => [.. layout.Beside.Select(i => schema.Columns[i].Type == ColumnType.Category ? Math.Max(1, schema.Columns[i].Levels?.Count ?? 0) : 0)];

    private static double MeanOf(Column column)
    {
        if (column is CategoryColumn)
        {
            return 0;
        }

        double[] present = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).Select(row => Checked(column.NumberAt(row), column.Name, row))];
        return present.Length > 0 ? present.Average() : 0;
    }

    private static double Checked(double value, string column, int row)
    {
        const double largest = 1e15;
        return Math.Abs(value) <= largest ? value : throw new DataException($"Column '{column}' is {value} in row {row + 1}; numbers beside series must lie within ±{largest}. Mark such cells as missing.");
    }
}
