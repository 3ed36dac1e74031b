using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Strata.Tensors.Kernels;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL steps with implicit shifts
/// (Golub and Van Loan, Matrix Computations, 8.3). Largest eigenvalue first; the largest element of each vector is positive.
/// The result is the same for any number of threads.
/// </summary>
public sealed class SymmetricEigen
{
    private const int MostSteps = 60;
    private const double Rounding = 1.1102230246251565e-16;

    /// <summary>Rows below which threads would wait for one another longer than they work.</summary>
    private const int LeastRowsShared = 128;

    private const int RowsAtOnce = 16;

    /// <summary>Elements of each row that rotations are carried out on at once: with all rows they stay in the cache for a whole batch of rotations.</summary>
    private const int BlockWidth = 64;

    /// <summary>Rotations, by row, that are put off before they are carried out.</summary>
    private const int BatchSweeps = 48;

    private readonly int size;
    private readonly double[][] rows;
    private readonly double[] diagonal;
    private readonly double[] beside;
    private readonly ThreadTeam team;
    private readonly CancellationToken cancellation;
    private readonly List<Rotation> putOff = [];

    private SymmetricEigen(SquareMatrix matrix, ThreadTeam team, CancellationToken cancellation)
    {
        (size, this.team, this.cancellation) = (matrix.Size, team, cancellation);
        int exponent = ExponentOf(matrix);
        // Row k becomes eigenvector k: rotations then touch whole rows.
        rows = [.. Enumerable.Range(0, size).Select(i => Enumerable.Range(0, size).Select(j => Math.ScaleB(matrix[Math.Max(i, j), Math.Min(i, j)], -exponent)).ToArray())];
        (diagonal, beside) = (new double[size], new double[size]);
        Tridiagonalize();
        for (int l = 0; l < size; l++)
        {
            cancellation.ThrowIfCancellationRequested();
            Deflate(l);
        }

        CarryOut();
        int[] order = [.. Enumerable.Range(0, size).OrderByDescending(k => diagonal[k])];
        foreach (double[] vector in rows)
        {
            if (vector.MaxBy(Math.Abs) < 0)
            {
                Scale(vector, -1);
            }
        }

        (Values, Vectors) = ([.. order.Select(k => Math.ScaleB(diagonal[k], exponent))], [.. order.Select(k => rows[k])]);
    }

    /// <summary>Falling.</summary>
    public double[] Values { get; }

    /// <summary>One an eigenvalue, of length 1.</summary>
    public double[][] Vectors { get; }

    /// <param name="matrix">Its lower triangle is read.</param>
    /// <param name="threads">How many threads share the work of a large matrix.</param>
    /// <param name="cancellation">Looked at row by row.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArithmeticException">An element is NaN or infinite.</exception>
    public static SymmetricEigen Of(SquareMatrix matrix, int threads = 1, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        using var team = new ThreadTeam(matrix.Size < LeastRowsShared ? 1 : Math.Max(1, threads));
        return new SymmetricEigen(matrix, team, cancellation);
    }

    /// <summary>The power of two by which elements are divided so that their products are neither infinite nor 0; 0 where they are of ordinary size.</summary>
    private static int ExponentOf(SquareMatrix matrix)
    {
        double largest = 0;
        for (int i = 0; i < matrix.Size; i++)
        {
            foreach (double element in matrix.Row(i, i + 1))
            {
                largest = double.IsFinite(element) ? Math.Max(largest, Math.Abs(element)) : throw new ArithmeticException($"The matrix has no eigenvalues: element {i}, {matrix.Row(i, i + 1).IndexOf(element)} is {element}.");
            }
        }

        return largest is 0 or (> 1e-100 and < 1e100) ? 0 : Math.ILogB(largest);
    }

    /// <summary>Replaces the symmetric matrix by the transposed orthogonal one that makes it tridiagonal.</summary>
    private void Tridiagonalize()
    {
        var reflectors = new List<double[]>();
        for (int k = size - 1; k >= 2; k--)
        {
            cancellation.ThrowIfCancellationRequested();
            // Reflects elements 0..k-1 of row k onto the last of them.
            double[] v = rows[k][..k];
            double norm = Math.Sqrt(VectorKernels.Dot(v, v));
            if (norm == 0)
            {
                continue;
            }

            v[k - 1] += v[k - 1] < 0 ? -norm : norm;
            double length = Math.Sqrt(VectorKernels.Dot(v, v));
            Scale(v, 1 / length);
            // A := H A H with H = 1 - 2 v vT, on the leading k columns; p = A v, q = p - (vT p) v, A := A - 2 v qT - 2 q vT.
            var q = new double[k];
            var products = new Products(rows, v, q);
            OverRows(ref products, k);
            VectorKernels.AddScaled(v, -VectorKernels.Dot(q, v), q);
            var updates = new Updates(rows, v, q);
            OverRows(ref updates, k);
            double inner = VectorKernels.Dot(rows[k].AsSpan(0, k), v);
            for (int i = 0; i < k; i++)
            {
                rows[i][k] = rows[k][i] -= 2 * inner * v[i];
            }

            reflectors.Add(v);
        }

        for (int i = 0; i < size; i++)
        {
            diagonal[i] = rows[i][i];
            beside[i] = i + 1 < size ? rows[i + 1][i] : 0;
        }

        // Q = H(n-1) ... H(2): A = Q T QT, so the eigenvectors are Q times those of T; the rows become those of QT.
        reflectors.Reverse();
        var reflections = new Reflections(rows, reflectors, cancellation);
        team.Run(ref reflections, size);
    }

    /// <summary>QL steps until the element beside diagonal element <paramref name="l"/> is rounding.</summary>
    private void Deflate(int l)
    {
        for (int step = 0; ; step++)
        {
            int m = l;
            while (m < size - 1 && Math.Abs(beside[m]) > Rounding * (Math.Abs(diagonal[m]) + Math.Abs(diagonal[m + 1])))
            {
                m++;
            }

            if (m == l)
            {
                return;
            }

            if (step == MostSteps)
            {
                throw new ArithmeticException("The eigenvalues of the matrix do not settle.");
            }

            // Wilkinson's shift.
            double g = (diagonal[l + 1] - diagonal[l]) / (2 * beside[l]);
            double r = double.Hypot(g, 1);
            g = diagonal[m] - diagonal[l] + beside[l] / (g + Math.CopySign(r, g));
            double sine = 1, cosine = 1, p = 0;
            int i = m - 1;
            for (; i >= l; i--)
            {
                double f = sine * beside[i], b = cosine * beside[i];
                r = double.Hypot(f, g);
                beside[i + 1] = r;
                if (r == 0)
                {
                    diagonal[i + 1] -= p;
                    beside[m] = 0;
                    break;
                }

                (sine, cosine) = (f / r, g / r);
                g = diagonal[i + 1] - p;
                r = (diagonal[i] - g) * sine + 2 * cosine * b;
                p = sine * r;
                diagonal[i + 1] = g + p;
                g = cosine * r - b;
                putOff.Add(new Rotation(i, cosine, sine));
            }

            if (putOff.Count >= BatchSweeps * size)
            {
                CarryOut();
            }

            if (r == 0 && i >= l)
            {
                continue;
            }

            diagonal[l] -= p;
            beside[l] = g;
            beside[m] = 0;
        }
    }

    /// <summary>Rotates the rows as was put off, some of their elements at a time.</summary>
    private void CarryOut()
    {
        cancellation.ThrowIfCancellationRequested();
        var rotations = new Rotations(rows, putOff);
        team.Run(ref rotations, (size + BlockWidth - 1) / BlockWidth);
        putOff.Clear();
    }

    /// <summary>Work on the first rows, some of them an item; few are not worth waking a thread for.</summary>
    private void OverRows<TWork>(ref TWork work, int count)
        where TWork : struct, ITeamWork
    {
        int items = (count + RowsAtOnce - 1) / RowsAtOnce;
        if (count >= LeastRowsShared)
        {
            team.Run(ref work, items);
            return;
        }

        for (int item = 0; item < items; item++)
        {
            work.Run(item, 0);
        }
    }

    private static void Scale(double[] x, double factor)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= factor;
        }
    }

    private readonly record struct Rotation(int Row, double Cosine, double Sine);

    /// <summary>q = A v.</summary>
    private readonly struct Products(double[][] rows, double[] v, double[] q) : ITeamWork
    {
        public void Run(int item, int member)
        {
            for (int i = item * RowsAtOnce; i < Math.Min(v.Length, (item + 1) * RowsAtOnce); i++)
            {
                q[i] = VectorKernels.Dot(v, rows[i]);
            }
        }
    }

    /// <summary>A := A - 2 v qT - 2 q vT.</summary>
    private readonly struct Updates(double[][] rows, double[] v, double[] q) : ITeamWork
    {
        public void Run(int item, int member)
        {
            for (int i = item * RowsAtOnce; i < Math.Min(v.Length, (item + 1) * RowsAtOnce); i++)
            {
                VectorKernels.AddScaled(q, -2 * v[i], rows[i]);
                VectorKernels.AddScaled(v, -2 * q[i], rows[i]);
            }
        }
    }

    /// <summary>Each row of the unit matrix, from the left through all reflectors that reach it.</summary>
    private readonly struct Reflections(double[][] rows, List<double[]> reflectors, CancellationToken cancellation) : ITeamWork
    {
        public void Run(int item, int member)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] row = rows[item];
            Array.Clear(row);
            row[item] = 1;
            foreach (double[] v in reflectors)
            {
                // A shorter one finds zeros in the row.
                if (v.Length > item)
                {
                    VectorKernels.AddScaled(v, -2 * VectorKernels.Dot(v, row), row);
                }
            }
        }
    }

    /// <summary>Rotations one after another, on a block of the rows' elements an item.</summary>
    private readonly struct Rotations(double[][] rows, List<Rotation> rotations) : ITeamWork
    {
        public void Run(int item, int member)
        {
            int start = item * BlockWidth, width = Math.Min(BlockWidth, rows.Length - start);
            foreach ((int row, double cosine, double sine) in CollectionsMarshal.AsSpan(rotations))
            {
                Rotate(rows[row].AsSpan(start, width), rows[row + 1].AsSpan(start, width), cosine, sine);
            }
        }

        private static void Rotate(Span<double> low, Span<double> high, double cosine, double sine)
        {
            ref double x = ref MemoryMarshal.GetReference(low);
            ref double y = ref MemoryMarshal.GetReference(high);
            Vector512<double> c = Vector512.Create(cosine), s = Vector512.Create(sine);
            int i = 0;
            for (; i <= low.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            {
                Vector512<double> a = Vector512.LoadUnsafe(ref x, (nuint)i), b = Vector512.LoadUnsafe(ref y, (nuint)i);
                (s * a + c * b).StoreUnsafe(ref y, (nuint)i);
                (c * a - s * b).StoreUnsafe(ref x, (nuint)i);
            }

            for (; i < low.Length; i++)
            {
                (low[i], high[i]) = (cosine * low[i] - sine * high[i], sine * low[i] + cosine * high[i]);
            }
        }
    }
}
