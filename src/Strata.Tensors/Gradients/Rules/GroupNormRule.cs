using System.Numerics;

namespace Strata.Tensors.Gradients.Rules;

/// <summary>
/// The channels of a group, over all places of one row of the batch, brought to mean 0 and variance 1, times a gain plus a shift for each channel (Wu and He 2018): with
/// z = (x - mean) r and g = dy gain, dx = r (g - mean(g) - z mean(g z)) where means are over the group's places and channels.
/// </summary>
internal sealed unsafe class GroupNormRule<T> : Rule<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static GroupNormRule<T> Instance { get; } = new();

    public static Settings Of(int groups, double epsilon)
    {
        var settings = new Settings { First = epsilon };
        settings.Whole[0] = groups;
        return settings;
    }

    public override void Forward(Tape<T> tape, ref Node<T> node)
    {
        (int batch, int places, int channels, int groups, int size) = Layout(node);
        T* x = tape.Input(node, 0).Value, gain = tape.Input(node, 1).Value, shift = tape.Input(node, 2).Value, kept = tape.Take<T>(2L * batch * groups);
        T count = T.CreateTruncating((long)places * size), epsilon = T.CreateTruncating(node.Settings.First);
        node.Kept = kept;
        for (int part = 0; part < batch * groups; part++)
        {
            int first = part % groups * size;
            nint from = (nint)(part / groups) * places * channels + first;
            (T mean, T squares) = (T.Zero, T.Zero);
            for (int place = 0; place < places; place++)
            {
                mean += VectorLoops.Sum(x + from + (nint)place * channels, size) / count;
            }

            for (int place = 0; place < places; place++)
            {
                for (nint i = from + (nint)place * channels, end = i + size; i < end; i++)
                {
                    squares += (x[i] - mean) * (x[i] - mean);
                }
            }

            T ratio = T.One / T.Sqrt(squares / count + epsilon);
            (kept[2 * part], kept[2 * part + 1]) = (mean, ratio);
            for (int place = 0; place < places; place++)
            {
                nint at = from + (nint)place * channels;
                for (int c = 0; c < size; c++)
                {
                    node.Value[at + c] = (x[at + c] - mean) * ratio * gain[first + c] + shift[first + c];
                }
            }
        }
    }

    public override void Backward(Tape<T> tape, ref Node<T> node)
    {
        (int batch, int places, int channels, int groups, int size) = Layout(node);
        T* x = tape.Input(node, 0).Value, gain = tape.Input(node, 1).Value, kept = (T*)node.Kept, dy = node.Gradient;
        T* dx = tape.GradientOfInput(node, 0), dgain = tape.GradientOfInput(node, 1), dshift = tape.GradientOfInput(node, 2);
        T count = T.CreateTruncating((long)places * size);
        for (int part = 0; part < batch * groups; part++)
        {
            int first = part % groups * size;
            nint from = (nint)(part / groups) * places * channels + first;
            (T mean, T ratio, T sum, T along) = (kept[2 * part], kept[2 * part + 1], T.Zero, T.Zero);
            for (int place = 0; place < places; place++)
            {
                nint at = from + (nint)place * channels;
                for (int c = 0; c < size; c++)
                {
                    T z = (x[at + c] - mean) * ratio, g = dy[at + c] * gain[first + c];
                    sum += g;
                    along += g * z;
                    Add(dgain, first + c, dy[at + c] * z);
                    Add(dshift, first + c, dy[at + c]);
                }
            }

            for (int place = 0; place < places && dx is not null; place++)
            {
                nint at = from + (nint)place * channels;
                for (int c = 0; c < size; c++)
                {
                    dx[at + c] += ratio * (dy[at + c] * gain[first + c] - (sum + (x[at + c] - mean) * ratio * along) / count);
                }
            }
        }
    }

    private static void Add(T* gradient, int at, T value)
    {
        if (gradient is not null)
        {
            gradient[at] += value;
        }
    }

    private static (int Batch, int Places, int Channels, int Groups, int Size) Layout(in Node<T> node)
    {
        int batch = node.Shape[0], channels = node.Shape.Width, groups = node.Settings.Whole[0];
        return (batch, batch == 0 ? 0 : node.Shape.Count / batch / channels, channels, groups, channels / groups);
    }
}
