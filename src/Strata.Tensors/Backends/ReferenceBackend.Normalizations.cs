namespace Strata.Tensors.Backends;

public sealed unsafe partial class ReferenceBackend<T>
{
    public override void Normalize(in BatchNormalization<T> norm)
    {
        int width = norm.Rows.Width, rows = norm.Rows.Batch * norm.Rows.Steps;
        T count = T.CreateTruncating(norm.Count);
        for (int j = 0; j < width; j++)
        {
            if (!norm.IsFixed)
            {
                (norm.Means[j], norm.Variances[j]) = (T.Zero, T.Zero);
                for (int row = 0; row < rows; row++)
                {
                    norm.Means[j] += Counts(norm, row) ? norm.X[(nint)row * width + j] / count : T.Zero;
                }

                for (int row = 0; row < rows; row++)
                {
                    T away = norm.X[(nint)row * width + j] - norm.Means[j];
                    norm.Variances[j] += Counts(norm, row) ? away * away / count : T.Zero;
                }
            }

            for (int row = 0; row < rows; row++)
            {
                nint i = (nint)row * width + j;
                T y = Scaled(norm, i) * norm.Gain[j] + norm.Shift[j] + (norm.Added is null ? T.Zero : norm.Added[i]);
                norm.Y[i] = !Counts(norm, row) || (norm.Rectifies && y < T.Zero) ? T.Zero : y;
            }
        }
    }

    public override void NormalizeBack(in BatchNormalization<T> norm, in BatchNormalizationGradients<T> gradients)
    {
        int width = norm.Rows.Width, rows = norm.Rows.Batch * norm.Rows.Steps;
        T count = T.CreateTruncating(norm.Count);
        for (int j = 0; j < width; j++)
        {
            (T sum, T along) = (T.Zero, T.Zero);
            for (int row = 0; row < rows; row++)
            {
                nint i = (nint)row * width + j;
                sum += Passed(norm, gradients, row, i);
                along += Passed(norm, gradients, row, i) * Scaled(norm, i);
            }

            for (int row = 0; row < rows; row++)
            {
                nint i = (nint)row * width + j;
                T g = Passed(norm, gradients, row, i), inner = norm.IsFixed || !Counts(norm, row) ? g : g - (sum + Scaled(norm, i) * along) / count;
                Put(gradients.X, i, inner * norm.Gain[j] / T.Sqrt(norm.Variances[j] + norm.Epsilon), gradients.AddsToX);
                Put(gradients.Added, i, g, gradients.AddsToAdded);
            }

            Put(gradients.Gain, j, along, adds: true);
            Put(gradients.Shift, j, sum, adds: true);
        }
    }

    private static bool Counts(in BatchNormalization<T> norm, int row) => row % norm.Rows.Steps < norm.Rows.Length(row / norm.Rows.Steps);

    private static T Scaled(in BatchNormalization<T> norm, nint i)
    {
        nint j = i % norm.Rows.Width;
        return (norm.X[i] - norm.Means[j]) / T.Sqrt(norm.Variances[j] + norm.Epsilon);
    }

    /// <summary>The gradient of what was not cut off.</summary>
    private static T Passed(in BatchNormalization<T> norm, in BatchNormalizationGradients<T> gradients, int row, nint i) =>
        Counts(norm, row) && !(norm.Rectifies && norm.Y[i] <= T.Zero) ? gradients.Y[i] : T.Zero;

    private static void Put(T* to, nint i, T value, bool adds)
    {
        if (to is not null)
        {
            to[i] = adds ? to[i] + value : value;
        }
    }
}
