namespace Strata.Tensors.Backends;

public sealed unsafe partial class ReferenceBackend<T>
{
    // What is kept of a row's step: the gates, then for LSTM the state after it and for GRU the remembered part of n. Behind all: zeros, and sums of one step.
    public override long RecurMemory(in Recurrence<T> layer) => (long)layer.Batch * layer.Steps * Record(layer) + 3L * layer.GateRows;

    public override long RecurBackMemory(in Recurrence<T> layer) => 2L * layer.GateRows + 3L * layer.Hidden;

    public override void Recur(in Recurrence<T> layer)
    {
        T* zeros = layer.Memory + (nint)layer.Batch * layer.Steps * Record(layer), ofInput = zeros + layer.GateRows, ofHidden = ofInput + layer.GateRows;
        new Span<T>(zeros, layer.GateRows).Clear();
        new Span<T>(layer.Y, layer.Batch * layer.Steps * layer.Hidden).Clear();
        for (int row = 0; row < layer.Batch; row++)
        {
            for (int step = 0; step < layer.Length(row); step++)
            {
                int place = row * layer.Steps + layer.Place(row, step);
                Sums(layer.WeightInput, layer.BiasInput, layer.X + (nint)place * layer.Width, layer.Width, layer.GateRows, ofInput);
                Sums(layer.WeightHidden, layer.BiasHidden, Remembered(layer, row, step, zeros), layer.Hidden, layer.GateRows, ofHidden);
                for (int unit = 0; unit < layer.Hidden; unit++)
                {
                    layer.Y[(nint)place * layer.Hidden + unit] = Cell(layer, row, step, unit, ofInput, ofHidden, zeros);
                }
            }
        }
    }

    public override void RecurBack(in Recurrence<T> layer, in RecurrenceGradients<T> gradients)
    {
        T* zeros = layer.Memory + (nint)layer.Batch * layer.Steps * Record(layer);
        T* ofInput = gradients.Memory, ofHidden = ofInput + layer.GateRows, dh = ofHidden + layer.GateRows, dc = dh + layer.Hidden, rest = dc + layer.Hidden;
        int hidden = layer.Hidden;
        for (int row = 0; row < layer.Batch; row++)
        {
            new Span<T>(dh, 2 * hidden).Clear();
            for (int step = layer.Length(row) - 1; step >= 0; step--)
            {
                int place = row * layer.Steps + layer.Place(row, step);
                for (int unit = 0; unit < hidden; unit++)
                {
                    T d = dh[unit] + gradients.Y[(nint)place * hidden + unit];
                    rest[unit] = CellBack(layer, row, step, unit, d, ref dc[unit], ofInput, ofHidden, zeros);
                }

                new ReadOnlySpan<T>(rest, hidden).CopyTo(new Span<T>(dh, hidden));
                SumsBack(layer.WeightInput, layer.X + (nint)place * layer.Width, layer.Width, layer.GateRows, ofInput, gradients.WeightInput, gradients.BiasInput,
                    gradients.X is null ? null : gradients.X + (nint)place * layer.Width);
                SumsBack(layer.WeightHidden, Remembered(layer, row, step, zeros), hidden, layer.GateRows, ofHidden, gradients.WeightHidden, gradients.BiasHidden, dh);
            }

            for (int unit = 0; unit < hidden; unit++)
            {
                if (gradients.InitialHidden is not null)
                {
                    gradients.InitialHidden[row * hidden + unit] += dh[unit];
                }

                if (gradients.InitialCell is not null)
                {
                    gradients.InitialCell[row * hidden + unit] += dc[unit];
                }
            }
        }
    }

    private static int Record(in Recurrence<T> layer) => layer.GateRows + layer.Hidden;

    private static T* Kept(in Recurrence<T> layer, int row, int step) => layer.Memory + ((nint)row * layer.Steps + step) * Record(layer);

    private static T* Remembered(in Recurrence<T> layer, int row, int step, T* zeros)
    {
        if (step > 0)
        {
            return layer.Y + ((nint)row * layer.Steps + layer.Place(row, step - 1)) * layer.Hidden;
        }

        return layer.InitialHidden is null ? zeros : layer.InitialHidden + (nint)row * layer.Hidden;
    }

    private static T* CellBefore(in Recurrence<T> layer, int row, int step, T* zeros)
    {
        if (step > 0)
        {
            return Kept(layer, row, step - 1) + layer.GateRows;
        }

        return layer.InitialCell is null ? zeros : layer.InitialCell + (nint)row * layer.Hidden;
    }

    private static T Cell(in Recurrence<T> layer, int row, int step, int unit, T* a, T* b, T* zeros)
    {
        int hidden = layer.Hidden;
        T* kept = Kept(layer, row, step) + unit;
        a += unit;
        b += unit;
        switch (layer.Cell)
        {
            case RecurrentCell.Lstm:
                T i = ScalarActivations.Logistic(a[0] + b[0]), f = ScalarActivations.Logistic(a[hidden] + b[hidden]);
                T g = T.Tanh(a[2 * hidden] + b[2 * hidden]), o = ScalarActivations.Logistic(a[3 * hidden] + b[3 * hidden]), c = f * CellBefore(layer, row, step, zeros)[unit] + i * g;
                (kept[0], kept[hidden], kept[2 * hidden], kept[3 * hidden], kept[4 * hidden]) = (i, f, g, o, c);
                return o * T.Tanh(c);
            case RecurrentCell.Gru:
                T r = ScalarActivations.Logistic(a[0] + b[0]), z = ScalarActivations.Logistic(a[hidden] + b[hidden]), n = T.Tanh(a[2 * hidden] + r * b[2 * hidden]);
                (kept[0], kept[hidden], kept[2 * hidden], kept[3 * hidden]) = (r, z, n, b[2 * hidden]);
                return (T.One - z) * n + z * Remembered(layer, row, step, zeros)[unit];
            case RecurrentCell.Relu:
                return kept[0] = T.Max(a[0] + b[0], T.Zero);
            default:
                return kept[0] = T.Tanh(a[0] + b[0]);
        }
    }

    /// <summary>Gradients of the sums, from that of the result; returns the part that goes to what was remembered without the weights.</summary>
    private static T CellBack(in Recurrence<T> layer, int row, int step, int unit, T d, ref T dc, T* da, T* db, T* zeros)
    {
        int hidden = layer.Hidden;
        T* kept = Kept(layer, row, step) + unit;
        da += unit;
        db += unit;
        switch (layer.Cell)
        {
            case RecurrentCell.Lstm:
                T i = kept[0], f = kept[hidden], g = kept[2 * hidden], o = kept[3 * hidden], t = T.Tanh(kept[4 * hidden]);
                dc += d * o * (T.One - t * t);
                da[0] = db[0] = dc * g * i * (T.One - i);
                da[hidden] = db[hidden] = dc * CellBefore(layer, row, step, zeros)[unit] * f * (T.One - f);
                da[2 * hidden] = db[2 * hidden] = dc * i * (T.One - g * g);
                da[3 * hidden] = db[3 * hidden] = d * t * o * (T.One - o);
                dc *= f;
                return T.Zero;
            case RecurrentCell.Gru:
                T r = kept[0], z = kept[hidden], n = kept[2 * hidden];
                da[2 * hidden] = d * (T.One - z) * (T.One - n * n);
                db[2 * hidden] = da[2 * hidden] * r;
                da[0] = db[0] = da[2 * hidden] * kept[3 * hidden] * r * (T.One - r);
                da[hidden] = db[hidden] = d * (Remembered(layer, row, step, zeros)[unit] - n) * z * (T.One - z);
                return d * z;
            case RecurrentCell.Relu:
                da[0] = db[0] = kept[0] > T.Zero ? d : T.Zero;
                return T.Zero;
            default:
                da[0] = db[0] = d * (T.One - kept[0] * kept[0]);
                return T.Zero;
        }
    }

    private static void Sums(T* weights, T* bias, T* x, int width, int rows, T* to)
    {
        for (int row = 0; row < rows; row++)
        {
            T sum = bias is null ? T.Zero : bias[row];
            for (int j = 0; j < width; j++)
            {
                sum += weights[(nint)row * width + j] * x[j];
            }

            to[row] = sum;
        }
    }

    private static void SumsBack(T* weights, T* x, int width, int rows, T* d, T* ofWeights, T* ofBias, T* dx)
    {
        for (int row = 0; row < rows; row++)
        {
            if (ofBias is not null)
            {
                ofBias[row] += d[row];
            }

            for (int j = 0; j < width; j++)
            {
                if (ofWeights is not null)
                {
                    ofWeights[(nint)row * width + j] += d[row] * x[j];
                }

                if (dx is not null)
                {
                    dx[j] += d[row] * weights[(nint)row * width + j];
                }
            }
        }
    }
}
