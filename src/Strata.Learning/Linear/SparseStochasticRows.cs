using Strata.Learning.Data;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>
/// Standardised rows by their entries. A row is its entries' distances d from the common values over the spreads, less one vector μ for all rows: the means measured
/// in the same way. A plane is kept as w = a (u + c μ), so that a step changes u where the row has entries, and numbers besides (Bottou 2012, section 5.1).
/// </summary>
internal sealed class SparseStochasticRows : StochasticRows
{
    private readonly SparseRows rows;
    private readonly double[] means, alongMeans, squares;
    private readonly double squareOfMeans;

    public SparseStochasticRows(SparseRows rows, Standardization scaling)
    {
        double[] values = [.. rows.Values];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] /= scaling.Spreads[rows.Columns[i]];
        }

        this.rows = new SparseRows(rows.ColumnCount, rows.Starts, rows.Columns, values);
        means = [.. scaling.Means.Select((mean, j) => (mean - (rows.Common?[j] ?? 0)) / scaling.Spreads[j])];
        squareOfMeans = VectorKernels.Dot(means, means);
        alongMeans = [.. Enumerable.Range(0, rows.RowCount).Select(row => SparseKernels.Dot(this.rows, row, means))];
        squares = [.. Enumerable.Range(0, rows.RowCount).Select(row => VectorKernels.Dot(this.rows.ValuesOf(row), this.rows.ValuesOf(row)) - 2 * alongMeans[row] + squareOfMeans)];
    }

    public override double Square(int row) => squares[row];

    public override double Score(int row, double[] solution) => solution[^1] + SparseKernels.Dot(rows, row, solution) - VectorKernels.Dot(means, solution);

    public override Plane Start() => new SparsePlane(this);

    private sealed class SparsePlane(SparseStochasticRows of) : Plane
    {
        private const double SmallestScale = 1e-9;
        private readonly double[] u = new double[of.means.Length], paid = new double[of.means.Length];

        // Of the planes since the last time that all was written out: their scales, and what the moves of u and c missed of them.
        private readonly double[] sum = new double[of.means.Length + 1], missed = new double[of.means.Length];
        private double scale = 1, c, uAlongMeans, scales, missedOfMeans;

        public override double Score(int row)
        {
            double along = SparseKernels.Dot(of.rows, row, u) - uAlongMeans + c * (of.alongMeans[row] - of.squareOfMeans);
            return Intercept + scale * along;
        }

        public override void Move(int row, double by)
        {
            double own = by / scale;
            SparseKernels.Add(of.rows, row, own, u);
            c -= own;
            uAlongMeans += own * of.alongMeans[row];
            if (scales > 0)
            {
                SparseKernels.Add(of.rows, row, own * scales, missed);
                missedOfMeans -= own * scales;
            }
        }

        public override void Shrink(double factor)
        {
            scale *= factor;
            if (scale < SmallestScale)
            {
                WriteOut();
            }
        }

        /// <summary>Here every coefficient changes, so that the plane is written out.</summary>
        public override void PayAbsolute(double owed)
        {
            WriteOut();
            Pay(u, paid, owed);
            uAlongMeans = VectorKernels.Dot(u, of.means);
        }

        public override void Sum()
        {
            scales += scale;
            sum[^1] += Intercept;
        }

        public override double[] At()
        {
            double[] at = [.. u, Intercept];
            for (int j = 0; j < u.Length; j++)
            {
                at[j] = scale * (u[j] + c * of.means[j]);
            }

            return at;
        }

        public override double[] Sums()
        {
            WriteOut();
            return [.. sum];
        }

        private void WriteOut()
        {
            if (scales > 0)
            {
                double factor = scales * c - missedOfMeans;
                for (int j = 0; j < u.Length; j++)
                {
                    sum[j] += scales * u[j] - missed[j] + factor * of.means[j];
                }

                Array.Clear(missed);
                (scales, missedOfMeans) = (0, 0);
            }

            for (int j = 0; j < u.Length; j++)
            {
                u[j] = scale * (u[j] + c * of.means[j]);
            }

            (scale, c) = (1, 0);
            uAlongMeans = VectorKernels.Dot(u, of.means);
        }
    }
}
