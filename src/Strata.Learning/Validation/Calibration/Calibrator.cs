using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Validation.Calibration;

/// <summary>
/// Brings probabilities in line with how often they come true. Learned from predictions for rows that the predicting model had not seen. For several classes each class
/// is mapped against the rest and the results are scaled to sum 1; by temperature all at once.
/// </summary>
public sealed class Calibrator
{
    private readonly ICalibrationMap[] maps;
    private readonly double temperature;

    private Calibrator(CalibrationMethod method, ICalibrationMap[] maps, double temperature) => (Method, this.maps, this.temperature) = (method, maps, temperature);

    public CalibrationMethod Method { get; }

    /// <param name="method">How.</param>
    /// <param name="predictions">For rows that the model had not seen.</param>
    /// <param name="target">Their truth.</param>
    /// <param name="weights">A weight a row, or null for one each.</param>
    /// <exception cref="DataException">The target is a number, or one of the classes has no rows.</exception>
    public static Calibrator Fit(CalibrationMethod method, Predictions predictions, Target target, double[]? weights = null)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        if (target is not ClassTarget classes || !predictions.Task.IsClassification() || predictions.RowCount != classes.Count)
        {
            throw new DataException($"Calibration is of probabilities of classes; '{target?.Name}' has none, or not as many rows as there are predictions.");
        }

        if (method == CalibrationMethod.Temperature)
        {
            return new Calibrator(method, [], TemperatureOf(predictions, classes.Codes, weights));
        }

        int count = predictions.Classes.Count;
        string[] absent = [.. Enumerable.Range(0, count).Where(code => !classes.Codes.Contains(code)).Select(code => predictions.Classes[code])];
        if (absent.Length > 0)
        {
            throw new DataException($"Calibration needs rows of every class; of '{target.Name}' there are none of {NearNames.List(absent, 8)} among those predicted by models that had not seen them.");
        }

        // Of two classes the second is mapped, and the first gets the rest.
        return new Calibrator(method, [.. Enumerable.Range(count == 2 ? 1 : 0, count == 2 ? 1 : count).Select(code => FitMap(method, predictions, classes.Codes, code, weights))], 1);
    }

    /// <summary>The same rows with calibrated probabilities; their raw scores stay as the model gave them.</summary>
    public Predictions Apply(Predictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        int classes = predictions.Classes.Count;
        var values = new double[predictions.Values.Length];
        for (int row = 0; row < predictions.RowCount; row++)
        {
            Apply(predictions.Probabilities(row), values.AsSpan(row * classes, classes));
        }

        return Predictions.OfProbabilities(predictions.Classes, predictions.RawScores, values).With(predictions.Uncertainty);
    }

    private void Apply(ReadOnlySpan<double> from, Span<double> to)
    {
        if (Method == CalibrationMethod.Temperature)
        {
            Tempered(from, temperature, to);
            return;
        }

        if (to.Length == 2)
        {
            to[1] = maps[0].Of(from[1]);
            to[0] = 1 - to[1];
            return;
        }

        double sum = 0;
        for (int code = 0; code < to.Length; code++)
        {
            sum += to[code] = maps[code].Of(from[code]);
        }

        for (int code = 0; code < to.Length; code++)
        {
            to[code] = sum > 0 ? to[code] / sum : 1.0 / to.Length;
        }
    }

    /// <summary>Calibrated probabilities inside a graph, of float64 [rows, classes].</summary>
    internal OnnxValue Export(OnnxValue probabilities)
    {
        if (Method == CalibrationMethod.Temperature)
        {
            return (LogOdds.Clamped(probabilities).To("Log") / temperature).Softmax();
        }

        OnnxValue Column(int code) => probabilities.Slice(1, code, code + 1);
        return maps.Length == 1
            ? OnnxAnswer.OfSecond(maps[0].Export(Column(1)))
            : OnnxAnswer.Shares(probabilities.Graph.Join([.. maps.Select((map, code) => map.Export(Column(code)))]), maps.Length);
    }

    private static ICalibrationMap FitMap(CalibrationMethod method, Predictions predictions, int[] codes, int code, double[]? weights)
    {
        double[] probabilities = [.. Enumerable.Range(0, codes.Length).Select(row => predictions.Probability(row, code))];
        bool[] isClass = [.. codes.Select(own => own == code)];
        return method switch
        {
            CalibrationMethod.Platt => PlattMap.Fit(Array.ConvertAll(probabilities, LogOdds.Of), isClass, weights),
            CalibrationMethod.Isotonic => IsotonicMap.Fit(probabilities, isClass, weights),
            _ => BetaMap.Fit(probabilities, isClass, weights),
        };
    }

    /// <summary>The temperature with the least log loss, by golden section on its logarithm between 1/20 and 20.</summary>
    private static double TemperatureOf(Predictions predictions, int[] codes, double[]? weights)
    {
        const double ratio = 0.6180339887498949;
        double low = -Math.Log(20), high = Math.Log(20), left = high - ratio * (high - low), right = low + ratio * (high - low);
        double lossLeft = Loss(left), lossRight = Loss(right);
        while (high - low > 1e-7)
        {
            if (lossLeft <= lossRight)
            {
                (high, right, lossRight) = (right, left, lossLeft);
                left = high - ratio * (high - low);
                lossLeft = Loss(left);
            }
            else
            {
                (low, left, lossLeft) = (left, right, lossRight);
                right = low + ratio * (high - low);
                lossRight = Loss(right);
            }
        }

        return Math.Exp((low + high) / 2);

        double Loss(double logarithm)
        {
            var tempered = new double[predictions.Classes.Count];
            double sum = 0;
            for (int row = 0; row < codes.Length; row++)
            {
                Tempered(predictions.Probabilities(row), Math.Exp(logarithm), tempered);
                sum -= (weights?[row] ?? 1) * Math.Log(Math.Max(tempered[codes[row]], 1e-300));
            }

            return sum;
        }
    }

    private static void Tempered(ReadOnlySpan<double> from, double temperature, Span<double> to)
    {
        double largest = double.NegativeInfinity, sum = 0;
        for (int code = 0; code < to.Length; code++)
        {
            to[code] = Math.Log(LogOdds.Clamped(from[code])) / temperature;
            largest = Math.Max(largest, to[code]);
        }

        for (int code = 0; code < to.Length; code++)
        {
            sum += to[code] = Math.Exp(to[code] - largest);
        }

        for (int code = 0; code < to.Length; code++)
        {
            to[code] /= sum;
        }
    }

    internal void Write(ModelWriter writer)
    {
        writer.Set("method", Method);
        writer.Set("temperature", temperature);
        writer.Set("maps", maps.Length);
        foreach ((int i, ICalibrationMap map) in maps.Index())
        {
            map.Write(writer.Section($"map_{i}"));
        }
    }

    internal static Calibrator Read(ModelReader reader, int classCount)
    {
        CalibrationMethod method = reader.Get<CalibrationMethod>("method");
        int count = reader.Get<int>("maps"), expected = method == CalibrationMethod.Temperature ? 0 : classCount == 2 ? 1 : classCount;
        double temperature = reader.Get<double>("temperature");
        if (count != expected || !(temperature > 0) || !Enum.IsDefined(method))
        {
            throw new ModelFileException($"The calibration in the model file has {count} maps and temperature {temperature}, which is none of {classCount} classes.");
        }

        ICalibrationMap[] maps = new ICalibrationMap[count];
        for (int i = 0; i < count; i++)
        {
            ModelReader section = reader.Section($"map_{i}");
            maps[i] = method switch { CalibrationMethod.Platt => PlattMap.Read(section), CalibrationMethod.Isotonic => IsotonicMap.Read(section), _ => BetaMap.Read(section) };
        }

        return new Calibrator(method, maps, temperature);
    }
}
