using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// The mean products of standardised columns of compressed rows. No column of them is ever written out: a coordinate's rest comes from the scores of the rows
/// (naive updates, Friedman, Hastie and Tibshirani 2010), in which the columns' means are one number for all rows.
/// </summary>
internal sealed class SparseGramColumns : GramColumns
{
    private readonly NumberRows rows;
    private readonly SparseRows byColumn;
    private readonly double[] means, diagonal, weightedSums;

    public SparseGramColumns(NumberRows rows)
    {
        this.rows = rows;
        SparseRows byRow = rows.Matrix.Sparse!;
        byColumn = byRow.Transposed();
        means = [.. rows.Scaling.Means.Select((mean, j) => mean - (byRow.Common?[j] ?? 0))];
        (diagonal, weightedSums) = (new double[means.Length], new double[means.Length]);
        for (int j = 0; j < means.Length; j++)
        {
            double square = 0;
            ReadOnlySpan<double> values = byColumn.ValuesOf(j);
            ReadOnlySpan<int> places = byColumn.ColumnsOf(j);
            for (int k = 0; k < values.Length; k++)
            {
                double weight = WeightOf(places[k]);
                weightedSums[j] += weight * values[k];
                square += weight * values[k] * values[k];
            }

            square += -2 * means[j] * weightedSums[j] + rows.TotalWeight * means[j] * means[j];
            diagonal[j] = rows.Scaling.Spreads[j] != 1 || square > 0 ? Math.Max(0, square) / (rows.TotalWeight * rows.Scaling.Spreads[j] * rows.Scaling.Spreads[j]) : 0;
        }
    }

    public override int Size => means.Length;

    public override double Diagonal(int column) => diagonal[column];

    public override ReadOnlySpan<double> Column(int column)
    {
        GramRest rest = RestOf(new double[Size]);
        rest.Move(column, -1);
        return Enumerable.Range(0, Size).Select(j => rest[j]).ToArray();
    }

    public override GramRest RestOf(double[] products) => new RowScores(this, products);

    /// <summary>From the rows, of which only the entries of these columns are looked at.</summary>
    public override SquareMatrix Among(int[] columns)
    {
        var placeOf = new int[Size];
        Array.Fill(placeOf, -1);
        for (int i = 0; i < columns.Length; i++)
        {
            placeOf[columns[i]] = i;
        }

        SparseRows byRow = rows.Matrix.Sparse!;
        var matrix = new SquareMatrix(columns.Length);
        int[] places = new int[byRow.ColumnCount];
        var values = new double[byRow.ColumnCount];
        for (int row = 0; row < byRow.RowCount; row++)
        {
            int count = 0;
            ReadOnlySpan<int> entries = byRow.ColumnsOf(row);
            for (int k = 0; k < entries.Length; k++)
            {
                if (placeOf[entries[k]] >= 0)
                {
                    (places[count], values[count++]) = (placeOf[entries[k]], byRow.ValuesOf(row)[k]);
                }
            }

            double weight = WeightOf(row);
            for (int a = 0; a < count; a++)
            {
                Span<double> line = matrix.Row(places[a], matrix.Stride);
                for (int b = 0; b <= a; b++)
                {
                    line[places[b]] += weight * values[a] * values[b];
                }
            }
        }

        for (int i = 0; i < columns.Length; i++)
        {
            for (int k = 0; k <= i; k++)
            {
                int a = columns[i], b = columns[k];
                double centred = matrix[i, k] - weightedSums[a] * means[b] - means[a] * (weightedSums[b] - rows.TotalWeight * means[b]);
                matrix[i, k] = centred / (rows.TotalWeight * rows.Scaling.Spreads[a] * rows.Scaling.Spreads[b]);
            }
        }

        return matrix;
    }

    private double WeightOf(int row) => rows.Weights?[row] ?? 1;

    /// <summary>The scores of all rows, the same number for all of them kept apart.</summary>
    private sealed class RowScores(SparseGramColumns gram, double[] products) : GramRest(gram, [])
    {
        private readonly double[] scores = new double[gram.rows.Matrix.RowCount];
        private double shared, total;

        public override double this[int column]
        {
            get
            {
                ReadOnlySpan<int> places = gram.byColumn.ColumnsOf(column);
                ReadOnlySpan<double> values = gram.byColumn.ValuesOf(column);
                double[]? weights = gram.rows.Weights;
                double sum = 0;
                for (int k = 0; k < places.Length; k++)
                {
                    sum += values[k] * scores[places[k]] * (weights is null ? 1 : weights[places[k]]);
                }

                sum += shared * gram.weightedSums[column] - gram.means[column] * (total + gram.rows.TotalWeight * shared);
                return products[column] - sum / (gram.rows.TotalWeight * gram.rows.Scaling.Spreads[column]);
            }
        }

        public override void Move(int column, double by)
        {
            ReadOnlySpan<int> places = gram.byColumn.ColumnsOf(column);
            ReadOnlySpan<double> values = gram.byColumn.ValuesOf(column);
            double factor = by / gram.rows.Scaling.Spreads[column];
            for (int k = 0; k < places.Length; k++)
            {
                scores[places[k]] += factor * values[k];
            }

            shared -= factor * gram.means[column];
            total += factor * gram.weightedSums[column];
        }
    }
}
