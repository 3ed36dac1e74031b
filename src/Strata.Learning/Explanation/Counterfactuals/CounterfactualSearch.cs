using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Counterfactuals;

/// <summary>
/// Looks for the smallest changes of rows with which any model says what is wanted (Wachter, Mittelstadt and Russell 2018; distances scaled and several diverse ones as Mothilal, Sharma and
/// Tan 2020). It starts from background rows of which the model says so and from random changes of few columns to values of background rows, takes changes back one after another as long
/// as the answer holds, and moves numbers back as far as it does.
/// </summary>
public static class CounterfactualSearch
{
    /// <summary>An answer for each row.</summary>
    /// <param name="model">Any model.</param>
    /// <param name="rows">Columns are found by name and brought to the model's types first.</param>
    /// <param name="options">What is wanted; null for any other class.</param>
    /// <exception cref="DataException">A column is missing or of another kind, or an option does not fit the model.</exception>
    public static IReadOnlyList<CounterfactualAnswer> Of(IModel model, Frame rows, CounterfactualOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        options ??= new CounterfactualOptions();
        options.Check(model.Signature);
        Schema features = model.Signature.Features;
        Frame explained = features.Conform(rows), background = Part(features.Conform(options.Background ?? rows), options.Context.Seed);
        if (background.RowCount == 0)
        {
            throw new DataException("The background has no rows; expected at least one to take values from.");
        }

        var possible = new PossibleValues(background, options);
        Predictions ofBackground = model.Predict(background, options.Context), ofRows = model.Predict(explained, options.Context);
        var progress = new BlockProgress(options.Context, explained.RowCount);
        var answers = new List<CounterfactualAnswer>();
        for (int row = 0; row < explained.RowCount; row++)
        {
            options.Context.Cancellation.ThrowIfCancellationRequested();
            answers.Add(new RowSearch(model, explained, row, possible, options).Answer(ofRows, ofBackground));
            progress.Finished();
        }

        return answers;
    }

    private const int MostBackgroundRows = 2000;

    private static Frame Part(Frame background, ulong seed)
    {
        if (background.RowCount <= MostBackgroundRows)
        {
            return background;
        }

        int[] rows = [.. Enumerable.Range(0, background.RowCount)];
        RandomSource.For(seed, "possible values").Shuffle<int>(rows);
        return background.Take([.. rows.Take(MostBackgroundRows).Order()]);
    }
}
