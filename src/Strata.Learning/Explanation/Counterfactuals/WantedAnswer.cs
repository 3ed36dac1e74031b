namespace Strata.Learning.Explanation.Counterfactuals;

/// <summary>When a changed row is what is wanted.</summary>
internal sealed class WantedAnswer(CounterfactualOptions options, string now)
{
    public bool Holds(Predictions predictions, int row) => predictions.Task == LearningTask.Regression
        ? !(predictions.Values[row] < options.WantedLow) && !(predictions.Values[row] > options.WantedHigh)
        : options.WantedClass is string wanted ? predictions.Label(row) == wanted : predictions.Label(row) != now;

    /// <summary>In words, after 'that the model says'.</summary>
    public string Words => options.WantedClass is string wanted ? $"'{wanted}'"
        : (options.WantedLow, options.WantedHigh) switch
        {
            (double low, double high) => FormattableString.Invariant($"{low} to {high}"),
            (double low, null) => FormattableString.Invariant($"{low} or more"),
            (null, double high) => FormattableString.Invariant($"{high} or less"),
            _ => $"anything but '{now}'",
        };

    public static double Score(Predictions predictions, int row) => predictions.Task.IsClassification() ? predictions.Probability(row, predictions.ClassCode(row)) : predictions.Values[row];
}
