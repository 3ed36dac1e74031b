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
    /// (their softmax gives the probabilities); for outliers the base-2 logarithm of the score; for clusters as <see cref="ClusterMeasure"/> says. Nearest neighbours, forests and single trees add up probabilities: there the raw score is the probability of class 1, or of each class.
    /// Support vector machines and other margins have decision values, which a sigmoid turns into probabilities.
    /// </summary>
    public double[] RawScores { get; }

    /// <summary>For regression the predicted numbers [rows]; for classes the probabilities, row-major [rows, classes], each row summing to 1; for outliers the scores [rows], 0 to 1; for clusters their numbers [rows].</summary>
    public double[] Values { get; }

    public static Predictions OfNumbers(double[] values) => new(LearningTask.Regression, [], values, values);

    /// <summary>Numbers that are another function of the raw scores, such as their exponential.</summary>
    public static Predictions OfNumbers(double[] values, double[] rawScores) => new(LearningTask.Regression, [], rawScores, values);

    /// <summary>Numbers of which the model knows how sure it is.</summary>
    /// <param name="values">[rows]</param>
    /// <param name="standardDeviations">[rows], worked out when first asked for.</param>
    public static Predictions OfNumbers(double[] values, Lazy<double[]> standardDeviations) => new(LearningTask.Regression, [], values, values) { Deviations = standardDeviations };

    /// <summary>How far a measurement lies from each predicted number, in units of the target [rows]; null where the model does not say.</summary>
    public double[]? StandardDeviations => Deviations?.Value;

    /// <summary>How unsure the predictions are, and why; null where the model does not say.</summary>
    public PredictedUncertainty? Uncertainty { get; private init; }

    private Lazy<double[]>? Deviations { get; init; }

    /// <summary>The rule by which a class is called; null for the most probable one.</summary>
    public DecisionRule? Decision { get; private init; }

    /// <summary>Intervals or sets with a stated certainty; null for none.</summary>
    public PredictedRegions? Regions { get; private init; }

    /// <summary>The same predictions under another rule of decision, with other intervals or sets.</summary>
    public Predictions With(DecisionRule? decision, PredictedRegions? regions) =>
        new(Task, Classes, RawScores, Values) { Decision = decision, Regions = regions, OutlierThreshold = OutlierThreshold, ClusterMeasure = ClusterMeasure, Deviations = Deviations, Uncertainty = Uncertainty };

    /// <summary>The same predictions, said how unsure they are. Numbers with both parts get their standard deviations from them.</summary>
    public Predictions With(PredictedUncertainty? uncertainty) => new(Task, Classes, RawScores, Values)
    {
        Decision = Decision,
        Regions = Regions,
        OutlierThreshold = OutlierThreshold,
        ClusterMeasure = ClusterMeasure,
        Uncertainty = uncertainty,
        Deviations = Task == LearningTask.Regression && uncertainty?.Aleatoric is double[] noise ? new Lazy<double[]>(() => [.. noise.Zip(uncertainty.Epistemic, (a, b) => Math.Sqrt(a + b))]) : Deviations,
    };

    /// <summary>What an outlier's <see cref="Label"/> is.</summary>
    public const string Outlier = "outlier";

    /// <summary>What the <see cref="Label"/> of a row like the others is.</summary>
    public const string Inlier = "inlier";

    /// <summary>A row with a higher score is an outlier; NaN where there are no outliers to tell.</summary>
    public double OutlierThreshold { get; private init; } = double.NaN;

    /// <summary>Scores of how unlike the others each row is.</summary>
    /// <param name="scores">0 to 1, higher for outliers [rows].</param>
    /// <param name="rawScores">What the model added up [rows].</param>
    /// <param name="threshold">Rows above are outliers.</param>
    public static Predictions OfOutliers(double[] scores, double[] rawScores, double threshold) =>
        new(LearningTask.OutlierDetection, [], rawScores, scores) { OutlierThreshold = threshold };

    public bool IsOutlier(int row) => Values[row] > OutlierThreshold;

    /// <summary>What the <see cref="Label"/> of a row that belongs to no cluster is; its value is -1.</summary>
    public const string Noise = "noise";

    /// <summary>What the raw scores of clusters are: <c>distance</c> from the cluster, or <c>probability</c> of belonging to it; null where there are no clusters.</summary>
    public string? ClusterMeasure { get; private init; }

    /// <summary>The cluster of each row.</summary>
    /// <param name="clusters">From 0 on, -1 for a row that belongs to none [rows].</param>
    /// <param name="measures">How far it is from its cluster, or how probably it belongs there [rows].</param>
    /// <param name="areProbabilities">Which of the two.</param>
    public static Predictions OfClusters(double[] clusters, double[] measures, bool areProbabilities) =>
        new(LearningTask.Clustering, [], measures, clusters) { ClusterMeasure = areProbabilities ? "probability" : "distance" };

    /// <summary>Predictions from probabilities [rows, classes] and the raw scores [rows, outputs] they came from.</summary>
    public static Predictions OfProbabilities(IReadOnlyList<string> classes, double[] rawScores, double[] probabilities)
    {
        ArgumentNullException.ThrowIfNull(classes);
        LearningTask task = classes.Count == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification;
        return new Predictions(task, classes, rawScores, probabilities);
    }

    /// <summary>Predictions of one model for rows that follow one another, as those of all.</summary>
    internal static Predictions Joined(IReadOnlyList<Predictions> parts)
    {
        double[] values = [.. parts.SelectMany(part => part.Values)];
        double[] rawScores = parts.All(part => part.RawScores == part.Values) ? values : [.. parts.SelectMany(part => part.RawScores)];
        PredictedRegions? regions = parts[0].Regions is { } first
            ? new PredictedRegions(first.Level, [.. parts.SelectMany(part => part.Regions!.Lower)], [.. parts.SelectMany(part => part.Regions!.Upper)], [.. parts.SelectMany(part => part.Regions!.Sets)])
            : null;
        return new Predictions(parts[0].Task, parts[0].Classes, rawScores, values)
        {
            Decision = parts[0].Decision,
            Regions = regions,
            OutlierThreshold = parts[0].OutlierThreshold,
            ClusterMeasure = parts[0].ClusterMeasure,
            Uncertainty = PredictedUncertainty.Joined([.. parts.Select(part => part.Uncertainty)]),
            Deviations = parts[0].Deviations is null ? null : new Lazy<double[]>(() => [.. parts.SelectMany(part => part.StandardDeviations!)]),
        };
    }

    /// <summary>These predictions with other ones for some rows: those of <paramref name="others"/> from a place on, in the order of <paramref name="rows"/>.</summary>
    internal Predictions Replaced(int[] rows, Predictions others, int first)
    {
        T[] Mixed<T>(T[] own, T[] from)
        {
            int width = own.Length / Math.Max(1, RowCount);
            T[] mixed = [.. own];
            for (int i = 0; i < rows.Length; i++)
            {
                from.AsSpan((first + i) * width, width).CopyTo(mixed.AsSpan(rows[i] * width));
            }

            return mixed;
        }

        double[] values = Mixed(Values, others.Values), rawScores = RawScores == Values ? values : Mixed(RawScores, others.RawScores);
        PredictedRegions? regions = Regions is { } own && others.Regions is { } other
            ? new PredictedRegions(own.Level, Mixed(own.Lower, other.Lower), Mixed(own.Upper, other.Upper), Mixed(own.Sets, other.Sets))
            : null;
        return new Predictions(Task, Classes, rawScores, values) { Decision = Decision, Regions = regions, OutlierThreshold = OutlierThreshold, ClusterMeasure = ClusterMeasure };
    }

    public double Probability(int row, int classCode) => Values[row * Classes.Count + classCode];

    public ReadOnlySpan<double> Probabilities(int row) => Values.AsSpan(row * Classes.Count, Classes.Count);

    /// <summary>The class that is called: the most probable one (the first of equals), or by <see cref="Decision"/>.</summary>
    public int ClassCode(int row)
    {
        ReadOnlySpan<double> probabilities = Probabilities(row);
        if (Decision is not null)
        {
            return Decision.Call(probabilities);
        }

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

    /// <summary>The predicted class name, the number as text, whether it is an outlier, or the number of its cluster.</summary>
    public string Label(int row) => Task switch
    {
        LearningTask.OutlierDetection => IsOutlier(row) ? Outlier : Inlier,
        LearningTask.Clustering => Values[row] < 0 ? Noise : Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        LearningTask.Regression => Values[row].ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        _ => Classes[ClassCode(row)],
    };
}
