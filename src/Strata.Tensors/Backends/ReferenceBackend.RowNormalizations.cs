namespace Strata.Tensors.Backends;

public sealed unsafe partial class ReferenceBackend<T>
{
    public override void NormalizeRows(in RowNormalization<T> norm)
    {
        T count = T.CreateTruncating(norm.Width), epsilon = T.CreateTruncating(norm.Epsilon);
        for (int row = 0; row < norm.Rows; row++)
        {
            T* x = norm.X + (nint)row * norm.Width, y = norm.Y + (nint)row * norm.Width;
            T sum = T.Zero, squares = T.Zero;
            for (int j = 0; j < norm.Width; j++)
            {
                sum += x[j];
            }

            T mean = sum / count;
            for (int j = 0; j < norm.Width; j++)
            {
                squares += (x[j] - mean) * (x[j] - mean);
            }

            T ratio = T.One / T.Sqrt(squares / count + epsilon);
            for (int j = 0; j < norm.Width; j++)
            {
                y[j] = (x[j] - mean) * ratio * norm.Gain[j] + norm.Shift[j];
            }

            (norm.Means[row], norm.Ratios[row]) = (mean, ratio);
        }
    }

    public override void NormalizeRowsBack(in RowNormalization<T> norm, in RowNormalizationGradients<T> gradients)
    {
        T count = T.CreateTruncating(norm.Width);
        for (int row = 0; row < norm.Rows; row++)
        {
            nint first = (nint)row * norm.Width;
            T mean = T.Zero, along = T.Zero;
            for (int j = 0; j < norm.Width; j++)
            {
                T dy = gradients.Y[first + j], z = (norm.X[first + j] - norm.Means[row]) * norm.Ratios[row];
                mean += dy * norm.Gain[j] / count;
                along += dy * norm.Gain[j] * z / count;
                Add(gradients.Gain, j, dy * z);
                Add(gradients.Shift, j, dy);
            }

            for (int j = 0; j < norm.Width && gradients.X is not null; j++)
            {
                T z = (norm.X[first + j] - norm.Means[row]) * norm.Ratios[row], dx = norm.Ratios[row] * (gradients.Y[first + j] * norm.Gain[j] - mean - z * along);
                gradients.X[first + j] = gradients.AddsToX ? gradients.X[first + j] + dx : dx;
            }
        }
    }
}
