using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Validation.Calibration;

/// <summary>
/// <c>1 / (1 + exp(A s + B))</c> of a score s, by maximum likelihood with Platt's targets <c>(N+ + 1) / (N+ + 2)</c> and <c>1 / (N- + 2)</c> (Platt 1999; Newton with halving as
/// Lin, Lin and Weng 2007).
/// </summary>
internal sealed record PlattMap(double A, double B) : ICalibrationMap
{
    private const int MostSteps = 100;

    public double Of(double probability) => OfScore(LogOdds.Of(probability));

    public OnnxValue Export(OnnxValue probability)
    {
        OnnxValue p = LogOdds.Clamped(probability);
        return (-((p.To("Log") - (1 - p).To("Log")) * A + B)).Sigmoid();
    }

    public double OfScore(double score) => LogOdds.Sigmoid(-(A * score + B));

    public static PlattMap Fit(double[] scores, bool[] isClass, double[]? weights)
    {
        double positives = 0, negatives = 0;
        for (int row = 0; row < scores.Length; row++)
        {
            positives += isClass[row] ? weights?[row] ?? 1 : 0;
            negatives += isClass[row] ? 0 : weights?[row] ?? 1;
        }

        double high = (positives + 1) / (positives + 2), low = 1 / (negatives + 2);
        double[] targets = [.. isClass.Select(yes => yes ? high : low)];
        double a = 0, b = Math.Log((negatives + 1) / (positives + 1)), loss = Loss(a, b);
        for (int step = 0; step < MostSteps; step++)
        {
            double aa = 1e-12, ab = 0, bb = 1e-12, ga = 0, gb = 0;
            for (int row = 0; row < scores.Length; row++)
            {
                double weight = weights?[row] ?? 1, p = LogOdds.Sigmoid(-(a * scores[row] + b)), slope = weight * (targets[row] - p), curve = weight * p * (1 - p);
                ga += slope * scores[row];
                gb += slope;
                aa += curve * scores[row] * scores[row];
                ab += curve * scores[row];
                bb += curve;
            }

            double determinant = aa * bb - ab * ab, da = -(bb * ga - ab * gb) / determinant, db = -(aa * gb - ab * ga) / determinant;
            double size = 1, next = Loss(a + da, b + db);
            while (!(next <= loss) && size > 1e-10)
            {
                size /= 2;
                next = Loss(a + size * da, b + size * db);
            }

            if (!(next <= loss))
            {
                break;
            }

            (a, b) = (a + size * da, b + size * db);
            bool settled = loss - next <= 1e-15 * Math.Abs(loss);
            loss = next;
            if (settled)
            {
                break;
            }
        }

        return new PlattMap(a, b);

        double Loss(double slope, double offset)
        {
            double sum = 0;
            for (int row = 0; row < scores.Length; row++)
            {
                // -t log p - (1 - t) log(1 - p) with p = 1 / (1 + exp(f)).
                double f = slope * scores[row] + offset;
                sum += (weights?[row] ?? 1) * (f >= 0 ? targets[row] * f + Math.Log(1 + Math.Exp(-f)) : (targets[row] - 1) * f + Math.Log(1 + Math.Exp(f)));
            }

            return sum;
        }
    }

    public void Write(ModelWriter writer)
    {
        writer.Set("a", A);
        writer.Set("b", B);
    }

    public static PlattMap Read(ModelReader reader) => new(reader.Get<double>("a"), reader.Get<double>("b"));
}
