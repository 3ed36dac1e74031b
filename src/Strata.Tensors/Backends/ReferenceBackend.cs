using System.Numerics;

namespace Strata.Tensors.Backends;

/// <summary>Every operation as it is written in a book, on one thread: what tests compare with.</summary>
public sealed unsafe partial class ReferenceBackend<T> : Backend<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public override void Multiply(Matrix<T> a, Matrix<T> b, Matrix<T> c, bool adds)
    {
        for (int i = 0; i < c.Rows; i++)
        {
            for (int j = 0; j < c.Columns; j++)
            {
                T sum = T.Zero;
                for (int k = 0; k < a.Columns; k++)
                {
                    sum += a.First[i * a.RowStep + k * a.ColumnStep] * b.First[k * b.RowStep + j * b.ColumnStep];
                }

                T* to = c.First + i * c.RowStep + j * c.ColumnStep;
                *to = adds ? *to + sum : sum;
            }
        }
    }

    public override void Activate(Activation kind, T* x, T* y, int count)
    {
        for (int i = 0; i < count; i++)
        {
            y[i] = ScalarActivations.Of(kind, x[i]);
        }
    }

    public override void ActivateBack(Activation kind, T* x, T* y, T* dy, T* dx, int count)
    {
        for (int i = 0; i < count; i++)
        {
            dx[i] += dy[i] * ScalarActivations.Slope(kind, x[i], y[i]);
        }
    }
}
