namespace Strata.Learning.Preparation;

/// <summary>The steps that make any table fit for a learner when nobody says otherwise. Each algorithm names those that suit it in its row of the catalog.</summary>
public static class DefaultPreparation
{
    /// <summary>Free text left out, gaps filled (numbers by the median, with a column that says where), categories spread out, numbers standardised.</summary>
    public static IReadOnlyList<IStep> CompleteNumbers { get; } = [new DropText(), new Impute(), new OneHot(), new Scale()];

    /// <summary>The same for learners that take no number below 0: numbers are brought to the range from 0 to 1 instead.</summary>
    public static IReadOnlyList<IStep> FromZeroToOne { get; } = [new DropText(), new Impute(), new OneHot(), new Scale { Method = ScaleMethod.MinMax, Clip = true }];

    /// <summary>Free text left out; numbers, categories and gaps as they are.</summary>
    public static IReadOnlyList<IStep> AsItIs { get; } = [new DropText()];

    /// <param name="learner">The recipe behind the steps.</param>
    /// <param name="needsCompleteNumbers">Whether it refuses categories and missing values.</param>
    public static Pipeline For(IRecipe learner, bool needsCompleteNumbers) => Before(learner, needsCompleteNumbers ? CompleteNumbers : AsItIs);

    /// <summary>Steps before a learner; what it cannot take of arrays is turned to numbers in front of them.</summary>
    public static Pipeline Before(IRecipe learner, IReadOnlyList<IStep> steps) => new([.. Arrays(learner), .. steps], learner);

    /// <summary>Given steps, and after them what the learner cannot do without: arrays turned to numbers, text left out, and if it takes only complete numbers, gaps filled and categories spread out.</summary>
    /// <param name="given">In order.</param>
    /// <param name="learner">The recipe behind the steps.</param>
    /// <param name="needsCompleteNumbers">Whether it refuses categories and missing values.</param>
    public static Pipeline After(IReadOnlyList<IStep> given, IRecipe learner, bool needsCompleteNumbers) =>
        new(needsCompleteNumbers ? [.. given, .. Arrays(learner), new DropText(), new Impute(), new OneHot()] : [.. given, .. Arrays(learner), new DropText()], learner);

    private static SeriesFeatures[] Arrays(IRecipe learner) => learner.ArrayTypes.Count > 0 ? [] : [new SeriesFeatures()];
}
