namespace Strata.Learning;

/// <summary>The predictions of a model for some rows, in row order.</summary>
public sealed class Predictions
{
    private Predictions(LearningTask task, IReadOnlyList<string> classes, double[] rawScores, double[] values)
    {
        (Task, Classes, RawScores, Values) = (task, classes, rawScores, values);
        int width = task.IsClassification() ? classes.Count : 1;
        RowCount = values.Length / width;
    }

    public LearningTask Task { get; }

    public IReadOnlyList<string> Classes { get; }

    public int RowCount { get; }

    /// <summary>
    /// Row-major [rows, outputs], what the model adds up: for regression the number itself or, where the model predicts by a logarithm, that; log-odds of class 1 for two classes, one score a class otherwise
    /// (their softmax gives the probabilities). Forests and single trees add up probabilities: there the raw score is the probability of class 1, or of each class.
    /// </summary>
    public double[] RawScores { get; }

    /// <summary>For regression the predicted numbers [rows]; for classes the probabilities, row-major [rows, classes], each row summing to 1.</summary>
    public double[] Values { get; }

    public static Predictions OfNumbers(double[] values) => new(LearningTask.Regression, [], values, values);

    /// <summary>Numbers that are another function of the raw scores, such as their exponential.</summary>
    public static Predictions OfNumbers(double[] values, double[] rawScores) => new(LearningTask.Regression, [], rawScores, values);

    /// <summary>Predictions from probabilities [rows, classes] and the raw scores [rows, outputs] they came from.</summary>
    public static Predictions OfProbabilities(IReadOnlyList<string> classes, double[] rawScores, double[] probabilities)
    {
        ArgumentNullException.ThrowIfNull(classes);
        LearningTask task = classes.Count == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification;
        return new Predictions(task, classes, rawScores, probabilities);
    }

    public double Probability(int row, int classCode) => Values[row * Classes.Count + classCode];

    public ReadOnlySpan<double> Probabilities(int row) => Values.AsSpan(row * Classes.Count, Classes.Count);

    /// <summary>The most probable class; the first of equals.</summary>
    public int ClassCode(int row)
    {
        ReadOnlySpan<double> probabilities = Probabilities(row);
        int best = 0;
        for (int code = 1; code < probabilities.Length; code++)
        {
            if (probabilities[code] > probabilities[best])
            {
                best = code;
            }
        }

        return best;
    }

    /// <summary>The predicted class name, or the number as text.</summary>
    public string Label(int row) => Task.IsClassification()
        ? Classes[ClassCode(row)]
        : Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
