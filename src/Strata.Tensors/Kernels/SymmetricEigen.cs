namespace Strata.Tensors.Kernels;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to three diagonals, then QL steps with implicit shifts
/// (Golub and Van Loan, Matrix Computations, 8.3). Largest eigenvalue first; the largest element of each vector is positive.
/// </summary>
public sealed class SymmetricEigen
{
    private const int MostSteps = 60;
    private const double Rounding = 1.1102230246251565e-16;

    private SymmetricEigen(double[] values, double[][] vectors) => (Values, Vectors) = (values, vectors);

    /// <summary>Falling.</summary>
    public double[] Values { get; }

    /// <summary>One an eigenvalue, of length 1.</summary>
    public double[][] Vectors { get; }

    /// <param name="matrix">Its lower triangle is read.</param>
    /// <param name="cancellation">Looked at row by row.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="ArithmeticException">An element is NaN or infinite, so that the steps do not end.</exception>
    public static SymmetricEigen Of(SquareMatrix matrix, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int n = matrix.Size;
        // Row k of z is what becomes eigenvector k: rotations then touch whole rows.
        double[][] z = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Select(j => matrix[Math.Max(i, j), Math.Min(i, j)]).ToArray())];
        double[] diagonal = new double[n], beside = new double[n];
        Tridiagonalize(z, diagonal, beside, cancellation);
        for (int l = 0; l < n; l++)
        {
            cancellation.ThrowIfCancellationRequested();
            Deflate(l, diagonal, beside, z);
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(k => diagonal[k])];
        foreach (double[] vector in z)
        {
            if (vector.MaxBy(Math.Abs) < 0)
            {
                Scale(vector, -1);
            }
        }

        return new SymmetricEigen([.. order.Select(k => diagonal[k])], [.. order.Select(k => z[k])]);
    }

    /// <summary>Replaces the symmetric matrix by the transposed orthogonal one that makes it tridiagonal.</summary>
    private static void Tridiagonalize(double[][] a, double[] diagonal, double[] beside, CancellationToken cancellation)
    {
        int n = a.Length;
        var reflectors = new List<(int Row, double[] Vector)>();
        for (int k = n - 1; k >= 2; k--)
        {
            cancellation.ThrowIfCancellationRequested();
            // Reflects elements 0..k-1 of row k onto the last of them.
            double[] v = a[k][..k];
            double norm = Math.Sqrt(Dot(v, v, k));
            if (norm == 0)
            {
                continue;
            }

            v[k - 1] += v[k - 1] < 0 ? -norm : norm;
            double length = Math.Sqrt(Dot(v, v, k));
            Scale(v, 1 / length);
            // A := H A H with H = 1 - 2 v vT, on the leading k columns; p = A v, q = p - (vT p) v, A := A - 2 v qT - 2 q vT.
            var q = new double[k];
            for (int i = 0; i < k; i++)
            {
                q[i] = Dot(a[i], v, k);
            }

            double along = Dot(q, v, k);
            for (int i = 0; i < k; i++)
            {
                q[i] -= along * v[i];
            }

            for (int i = 0; i < k; i++)
            {
                AddTwo(a[i], -2 * v[i], q, -2 * q[i], v);
            }

            double inner = Dot(a[k], v, k);
            for (int i = 0; i < k; i++)
            {
                a[i][k] = a[k][i] -= 2 * inner * v[i];
            }

            reflectors.Add((k, v));
        }

        for (int i = 0; i < n; i++)
        {
            diagonal[i] = a[i][i];
            beside[i] = i + 1 < n ? a[i + 1][i] : 0;
        }

        // Q = H(n-1) ... H(2): A = Q T QT, so the eigenvectors are Q times those of T; z holds QT by rows.
        for (int i = 0; i < n; i++)
        {
            Array.Clear(a[i]);
            a[i][i] = 1;
        }

        for (int at = reflectors.Count - 1; at >= 0; at--)
        {
            cancellation.ThrowIfCancellationRequested();
            (int k, double[] v) = reflectors[at];
            // QT := QT H: each row r loses 2 (r . v) v. Built from the innermost reflector outwards, rows stay short until needed.
            for (int row = 0; row < n; row++)
            {
                double inner = Dot(a[row], v, k);
                if (inner != 0)
                {
                    AddOne(a[row], -2 * inner, v);
                }
            }
        }
    }

    /// <summary>QL steps until the element beside diagonal element <paramref name="l"/> is rounding.</summary>
    private static void Deflate(int l, double[] diagonal, double[] beside, double[][] z)
    {
        int n = diagonal.Length;
        for (int step = 0; ; step++)
        {
            int m = l;
            while (m < n - 1 && Math.Abs(beside[m]) > Rounding * (Math.Abs(diagonal[m]) + Math.Abs(diagonal[m + 1])))
            {
                m++;
            }

            if (m == l)
            {
                return;
            }

            if (step == MostSteps)
            {
                throw new ArithmeticException("The eigenvalues of the matrix do not settle; it holds NaN or infinite elements.");
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
                Rotate(z[i], z[i + 1], cosine, sine);
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

    private static void Rotate(double[] low, double[] high, double cosine, double sine)
    {
        for (int k = 0; k < low.Length; k++)
        {
            double f = high[k];
            high[k] = sine * low[k] + cosine * f;
            low[k] = cosine * low[k] - sine * f;
        }
    }

    private static double Dot(double[] x, double[] y, int count)
    {
        double sum = 0;
        for (int i = 0; i < count; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    private static void AddOne(double[] to, double factor, double[] x)
    {
        for (int i = 0; i < x.Length; i++)
        {
            to[i] += factor * x[i];
        }
    }

    private static void AddTwo(double[] to, double factor, double[] x, double otherFactor, double[] y)
    {
        for (int i = 0; i < x.Length; i++)
        {
            to[i] += factor * x[i] + otherFactor * y[i];
        }
    }

    private static void Scale(double[] x, double factor)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= factor;
        }
    }
}
