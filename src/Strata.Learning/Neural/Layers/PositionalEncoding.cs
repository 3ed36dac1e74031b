using Strata.Learning.Onnx;
using Strata.Tensors;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>Adds to each step waves of many lengths that tell its place (Vaswani et al. 2017, section 3.5): sines in even columns, cosines in odd ones. Series may be of any length.</summary>
internal sealed class PositionalEncoding(int width) : Layer
{
    private const double Longest = 10_000;

    private float[] table = [];

    /// <param name="x">[batch, steps, width].</param>
    /// <param name="pass">Of the network.</param>
    public override Variable<float> Apply(Variable<float> x, Pass pass)
    {
        int steps = x.Shape[1];
        return x + pass.Tape.Constant(Table(steps).AsSpan(0, steps * width), new Shape(steps, width));
    }

    /// <summary>Several threads may predict by the same layer: a longer table takes the place of a shorter one at once.</summary>
    private float[] Table(int steps)
    {
        float[] known = Volatile.Read(ref table);
        if (known.Length >= steps * width)
        {
            return known;
        }

        var longer = new float[steps * width];
        for (int column = 0; column < width; column++)
        {
            double speed = Math.Pow(Longest, -(column - column % 2) / (double)width);
            for (int step = 0; step < steps; step++)
            {
                longer[step * width + column] = (float)(column % 2 == 0 ? Math.Sin(step * speed) : Math.Cos(step * speed));
            }
        }

        Volatile.Write(ref table, longer);
        return longer;
    }

    public override OnnxValue Export(OnnxValue x)
    {
        // Sines and cosines of the places times the waves' speeds; a cosine is a sine a quarter further.
        OnnxValue Row(string name, Func<int, double> of) => x.Graph.Constant(name, OnnxElement.Double, [width], Enumerable.Range(0, width).Select(of));
        OnnxValue speeds = Row("wave_speeds", column => Math.Pow(Longest, -(column - column % 2) / (double)width)), turned = x.Steps().As(OnnxElement.Double) * speeds;
        OnnxValue isEven = Row("is_even", column => 1 - column % 2);
        return x + (turned.As(OnnxElement.Float).To("Sin") * isEven.As(OnnxElement.Float) + turned.As(OnnxElement.Float).To("Cos") * (1 - isEven).As(OnnxElement.Float));
    }
}
