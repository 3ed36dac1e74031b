using Strata.Learning.Preparation;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Linear;

/// <summary>The standardised rows that <see cref="StochasticDescent"/> goes over, one at a time.</summary>
internal abstract class StochasticRows
{
    /// <summary>Rows of the kind that the table is stored in.</summary>
    public static StochasticRows Of(TrainingTable table, DesignMatrix matrix, Standardization scaling) =>
        matrix.Sparse is null ? new FullRows(CompleteNumbers.RowMajor(table.Features), scaling) : new SparseStochasticRows(matrix.Sparse, scaling);

    /// <summary>The squared length of a row.</summary>
    public abstract double Square(int row);

    /// <summary>The score of a row by a solution: coefficients, and last the intercept.</summary>
    public abstract double Score(int row, double[] solution);

    /// <summary>A plane of zeros.</summary>
    public abstract Plane Start();

    /// <summary>Coefficients and an intercept on their way, and the sum of those on which somebody averages.</summary>
    internal abstract class Plane
    {
        public double Intercept { get; set; }

        public abstract double Score(int row);

        /// <summary>Adds so much of a row to the coefficients.</summary>
        public abstract void Move(int row, double by);

        /// <summary>Multiplies the coefficients.</summary>
        public abstract void Shrink(double factor);

        /// <summary>Brings each coefficient nearer to zero by what it owes, at the most to zero: in all steps so far as much as <paramref name="owed"/> (Tsuruoka, Tsujii and Ananiadou 2009).</summary>
        public abstract void PayAbsolute(double owed);

        /// <summary>Adds the plane to the sum.</summary>
        public abstract void Sum();

        /// <summary>The coefficients and last the intercept.</summary>
        public abstract double[] At();

        /// <summary>The sums of the coefficients and last of the intercept.</summary>
        public abstract double[] Sums();

        protected static void Pay(Span<double> coefficients, double[] paid, double owed)
        {
            for (int j = 0; j < coefficients.Length; j++)
            {
                double before = coefficients[j];
                coefficients[j] = before > 0 ? Math.Max(0, before - (owed + paid[j])) : before < 0 ? Math.Min(0, before + (owed - paid[j])) : 0;
                paid[j] += coefficients[j] - before;
            }
        }
    }

    /// <summary>Rows of all columns side by side.</summary>
    private sealed class FullRows : StochasticRows
    {
        private readonly double[] values;
        private readonly int columns;

        public FullRows(double[] values, Standardization scaling)
        {
            (this.values, columns) = (values, scaling.Means.Length);
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = (values[i] - scaling.Means[i % columns]) / scaling.Spreads[i % columns];
            }
        }

        public override double Square(int row) => VectorKernels.Dot(Row(row), Row(row));

        public override double Score(int row, double[] solution) => solution[^1] + VectorKernels.Dot(Row(row), solution);

        public override Plane Start() => new FullPlane(this);

        private ReadOnlySpan<double> Row(int row) => values.AsSpan(row * columns, columns);

        private sealed class FullPlane(FullRows rows) : Plane
        {
            private readonly double[] at = new double[rows.columns], sum = new double[rows.columns + 1], paid = new double[rows.columns];

            public override double Score(int row) => Intercept + VectorKernels.Dot(rows.Row(row), at);

            public override void Move(int row, double by) => VectorKernels.AddScaled(rows.Row(row), by, at);

            public override void Shrink(double factor)
            {
                foreach (ref double coefficient in at.AsSpan())
                {
                    coefficient *= factor;
                }
            }

            public override void PayAbsolute(double owed) => Pay(at, paid, owed);

            public override void Sum()
            {
                VectorKernels.AddScaled(at, 1, sum);
                sum[^1] += Intercept;
            }

            public override double[] At() => [.. at, Intercept];

            public override double[] Sums() => [.. sum];
        }
    }
}
