using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>The one table of preparation steps.</summary>
public static class Steps
{
    public static IReadOnlyList<StepKind> All { get; } =
    [
        new("Leaves out columns by name.", () => new DropColumns([]), ColumnwiseStep<KeepRule>.Read),
        new("Keeps columns by name and leaves out all others.", () => new SelectColumns([]), ColumnwiseStep<KeepRule>.Read),
        new("Leaves out columns of free text.", () => new DropText(), ColumnwiseStep<KeepRule>.Read),
        new("Takes numbers in a range for missing: the 0 or -999 that somebody wrote where nothing was known.", () => new MarkMissing([]), ColumnwiseStep<MarkMissingRule>.Read),
        new("Fills gaps with the mean, median, most frequent value or a constant, with columns that say where they were.", () => new Impute(), ColumnwiseStep<ImputeRule>.Read),
        new("Fills gaps of training rows with the value before or after, in order of time; rows to predict take the last one known.", () => new FillAlong(), ColumnwiseStep<ImputeRule>.Read),
        new("Leaves out the training rows in which a value is missing.", () => new DropIncomplete(), ColumnwiseStep<KeepRule>.Read),
        new("Fills missing numbers with the mean of the nearest training rows.", () => new ImputeNeighbors(), NeighborImputation.Read),
        new("Fills missing numbers by what the other columns say of them, in rounds of regressions.", () => new ImputeIterative(), IterativeImputation.Read),
        new("Brings numbers to a common scale: standard, min-max, robust or max-abs.", () => new Scale(), ColumnwiseStep<ScaleRule>.Read),
        new("Replaces numbers by their place among the training rows, spread evenly or as normal numbers.", () => new QuantileScale(), ColumnwiseStep<QuantileScaleRule>.Read),
        new("Bends numbers by the power that makes them most nearly normal.", () => new YeoJohnson(), ColumnwiseStep<YeoJohnsonRule>.Read),
        new("Turns each category into one column a level.", () => new OneHot(), ColumnwiseStep<OneHotRule>.Read),
        new("Turns each category into the number of its level.", () => new Ordinal(), ColumnwiseStep<OrdinalRule>.Read),
        new("Replaces each category by the share of rows that have it.", () => new Frequency(), ColumnwiseStep<LevelNumberRule>.Read),
        new("Spreads each category over a fixed number of columns by a hash.", () => new HashCategories(), ColumnwiseStep<HashCategoryRule>.Read),
        new("Replaces each category by what the target is for it on average; training rows hear only other folds.", () => new TargetEncode(), ColumnwiseStep<LevelNumberRule>.Read),
        new("Replaces dates by their parts and cycles.", () => new DateParts(), ColumnwiseStep<DatePartsRule>.Read),
        new("Turns text into one column a term: how often it stands there, times how rare it is (TF-IDF).", () => new TextFrequencies(), ColumnwiseStep<TextFrequencyRule>.Read),
        new("Turns text into a fixed number of columns by a hash of its terms.", () => new HashText(), ColumnwiseStep<HashTextRule>.Read),
        new("Folds numbered columns (g0, g1, g2 ... or lags such as rain_t-2, rain_t-1, rain) into one series.", () => new FoldSeries(), FoldedArrays.Read),
        new("Folds columns of pixels into one image.", () => new FoldImage(), FoldedArrays.Read),
        new("Replaces series, images and points by numbers that describe them: level, spread, quantiles, trend, rhythm.", () => new SeriesFeatures(), ColumnwiseStep<SeriesFeaturesRule>.Read),
        new("Replaces numbers by the bin they fall in.", () => new Bin(), ColumnwiseStep<BinRule>.Read),
        new("Adds a column that an arithmetic formula makes of others.", () => new Derive(), DerivedColumnsStep.Read),
        new("Adds products and powers of number columns.", () => new Polynomial(), DerivedColumnsStep.Read),
        new("Adds quotients of every two number columns.", () => new Ratios(), DerivedColumnsStep.Read),
        new("Replaces number columns by the few directions in which they vary most (PCA, truncated SVD).", () => new PrincipalComponents(), Projection.Read),
        new("Moves numbers that lie too far out to a bound, or leaves out such training rows.", () => new Outliers(), ColumnwiseStep<ClipRule>.Read),
        new("Leaves out the training rows that stand alone, by an isolation forest.", () => new IsolateOutliers(), ColumnwiseStep<KeepRule>.Read),
        new("Balances the classes of the training rows: by weights, repeated rows, rows left out or rows made up (SMOTE).", () => new Balance(), ColumnwiseStep<KeepRule>.Read),
        new("Leaves out columns that hardly vary.", () => new SelectVariance(), ColumnwiseStep<KeepRule>.Read),
        new("Leaves out columns that others nearly repeat.", () => new SelectUncorrelated(), ColumnwiseStep<KeepRule>.Read),
        new("Keeps the columns that have most to do with the target, each judged alone.", () => new SelectBest(), ColumnwiseStep<KeepRule>.Read),
        new("Keeps the columns that matter most to a model, asked once or round after round.", () => new SelectByModel(), ColumnwiseStep<KeepRule>.Read),
    ];

    /// <exception cref="DataException">There is no such step; the message lists near names.</exception>
    public static StepKind Named(string name) => All.FirstOrDefault(step => step.Name == name)
        ?? throw new DataException(NearNames.Nearest(name, All.Select(step => step.Name)) is string near
            ? $"There is no preparation step '{name}'. Did you mean '{near}'?"
            : $"There is no preparation step '{name}'. There are: {string.Join(", ", All.Select(step => step.Name))}.");

    internal static IFittedStep Read(string name, ModelReader reader) => All.FirstOrDefault(step => step.Name == name) is StepKind step
        ? step.Read(name, reader)
        : throw new ModelFileException($"The model file has a preparation step '{name}' that this program does not know. Use a newer Strata.");
}
