namespace Strata.Learning.Trees.Presets;

/// <summary>
/// Gradient boosting by XGBoost's parameter names and the defaults of its Python interface. It is Strata's engine: level-wise trees on histograms, as XGBoost's
/// <c>hist</c>; the first score is estimated, as XGBoost does from version 2 on.
/// </summary>
public sealed record XGBoost : IRecipe<GradientBoostingModel>, IPreset
{
    private const string Automatic = "auto";

    private static readonly Dictionary<string, BoostingObjective> Objectives = new(StringComparer.Ordinal)
    {
        [Automatic] = BoostingObjective.Automatic,
        ["binary:logistic"] = BoostingObjective.LogLoss,
        ["multi:softprob"] = BoostingObjective.Softmax,
        ["multi:softmax"] = BoostingObjective.Softmax,
        ["reg:squarederror"] = BoostingObjective.SquaredError,
        ["reg:absoluteerror"] = BoostingObjective.AbsoluteError,
        ["reg:quantileerror"] = BoostingObjective.Quantile,
        ["count:poisson"] = BoostingObjective.Poisson,
        ["reg:gamma"] = BoostingObjective.Gamma,
        ["reg:tweedie"] = BoostingObjective.Tweedie,
        ["rank:pairwise"] = BoostingObjective.PairwiseRank,
        ["rank:ndcg"] = BoostingObjective.LambdaRank,
    };

    private static readonly Dictionary<string, string> NoCounterpart = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["one_drop"] = "dart here may leave no round out.",
        ["num_parallel_tree"] = "a round is one tree; use algorithm random_forest for forests.",
        ["sampling_method"] = "rows are drawn evenly; algorithm lightgbm draws by gradients with boosting=goss.",
        ["huber_slope"] = "there is no pseudo-Huber loss; algorithm gradient_boosting has objective=huber.",
        ["sketch_eps"] = "bins are found from the values themselves.",
        ["max_cached_hist_node"] = "the engine sees to its memory itself.",
        ["updater"] = "trees grow as grow_policy says.",
        ["refresh_leaf"] = "finished trees are not changed.",
        ["process_type"] = "finished trees are not changed.",
        ["feature_selector"] = "there is no linear booster; use ridge or logistic_regression.",
        ["top_k"] = "there is no linear booster; use ridge or logistic_regression.",
        ["num_class"] = "classes are counted from the target.",
        ["multi_strategy"] = "each class has trees of its own.",
        ["enable_categorical"] = "columns that hold categories are always learned from as such.",
        ["feature_types"] = "column types come with the table.",
        ["missing"] = "missing values come with the table.",
        ["importance_type"] = "all importances are given with the model.",
        ["gpu_id"] = "it computes on processors.",
        ["device"] = "it computes on processors.",
        ["predictor"] = "it predicts with a compiled form of the trees.",
        ["n_jobs"] = "threads are set for the training as a whole (--threads).",
        ["nthread"] = "threads are set for the training as a whole (--threads).",
        ["seed"] = "the seed is set for the training as a whole (--seed).",
        ["random_state"] = "the seed is set for the training as a whole (--seed).",
        ["verbosity"] = "progress goes to the terminal and the run's page.",
        ["callbacks"] = "settings are text and numbers.",
        ["eval_set"] = "validation_fraction keeps rows aside.",
    };

    public string Algorithm => "xgboost";

    /// <inheritdoc/>
    public bool? LearnsNumbers => Translated.LearnsNumbers;

    [Hyperparameter("What is lowered, by XGBoost's names; auto takes it from the target.", Choices =
    [
        Automatic, "binary:logistic", "multi:softprob", "multi:softmax", "reg:squarederror", "reg:absoluteerror", "reg:quantileerror", "count:poisson", "reg:gamma", "reg:tweedie",
        "rank:pairwise", "rank:ndcg",
    ])]
    public string Objective { get; init; } = Automatic;

    [Hyperparameter("Number of boosting rounds.", Min = 1, Max = 100_000, SearchMin = 50, SearchMax = 1000, LogScale = true, Aliases = ["num_boost_round", "num_round"])]
    public int NEstimators { get; init; } = 100;

    [Hyperparameter("What each tree's values are multiplied by.", Min = 1e-6, Max = 1, SearchMin = 0.01, SearchMax = 0.3, LogScale = true, Aliases = ["eta"])]
    public double LearningRate { get; init; } = 0.3;

    [Hyperparameter("Most splits between a tree's root and a leaf; 0 for no limit.", Min = 0, Max = 10_000, SearchMin = 3, SearchMax = 10)]
    public int MaxDepth { get; init; } = 6;

    [Hyperparameter("Most leaves of a tree; 0 for no limit.", Min = 0, Max = 65_536)]
    public int MaxLeaves { get; init; }

    [Hyperparameter("Whether trees grow level by level or where the gain is largest.", Choices = ["depthwise", "lossguide"])]
    public string GrowPolicy { get; init; } = "depthwise";

    [Hyperparameter("Least sum of second derivatives in a leaf.", Min = 0, Max = 1e9, SearchMin = 0.1, SearchMax = 20, LogScale = true)]
    public double MinChildWeight { get; init; } = 1;

    [Hyperparameter("Least gain of a split.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 10, LogScale = true, Aliases = ["min_split_loss"])]
    public double Gamma { get; init; }

    [Hyperparameter("Penalty on the square of leaf values.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 100, LogScale = true, Aliases = ["lambda", "reg_l2"])]
    public double RegLambda { get; init; } = 1;

    [Hyperparameter("Penalty on the size of leaf values.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 100, LogScale = true, Aliases = ["alpha", "reg_l1"])]
    public double RegAlpha { get; init; }

    [Hyperparameter("Share of the rows that each round learns from.", Min = 1e-3, Max = 1, SearchMin = 0.5, SearchMax = 1)]
    public double Subsample { get; init; } = 1;

    [Hyperparameter("Share of the columns for each tree.", Min = 1e-3, Max = 1, SearchMin = 0.3, SearchMax = 1)]
    public double ColsampleBytree { get; init; } = 1;

    [Hyperparameter("Share of the tree's columns for each depth.", Min = 1e-3, Max = 1, SearchMin = 0.3, SearchMax = 1)]
    public double ColsampleBylevel { get; init; } = 1;

    [Hyperparameter("Share of the depth's columns for each node.", Min = 1e-3, Max = 1, SearchMin = 0.3, SearchMax = 1)]
    public double ColsampleBynode { get; init; } = 1;

    [Hyperparameter("Most bins of a column; Strata holds 255 beside the missing values, so 256 counts as 255.", Min = 2, Max = 256, Advanced = true)]
    public int MaxBin { get; init; } = 256;

    [Hyperparameter("Largest size of a leaf's value before the learning rate; 0 for no limit.", Min = 0, Max = 1e9, Advanced = true)]
    public double MaxDeltaStep { get; init; }

    [Hyperparameter("What rows of the positive one of two classes are weighted by besides.", Min = 1e-6, Max = 1e6)]
    public double ScalePosWeight { get; init; } = 1;

    [Hyperparameter("The prediction before any tree, such as 0.5 for two classes; empty estimates it, as XGBoost does from version 2 on.", Min = -1e9, Max = 1e9, Advanced = true)]
    public double? BaseScore { get; init; }

    [Hyperparameter("The power of the mean with which the variance of reg:tweedie grows.", Min = 1.001, Max = 1.999, Advanced = true)]
    public double TweedieVariancePower { get; init; } = 1.5;

    [Hyperparameter("The quantile that reg:quantileerror predicts.", Min = 1e-4, Max = 0.9999, Advanced = true)]
    public double QuantileAlpha { get; init; } = 0.5;

    [Hyperparameter("How many first places of a query count in rankings.", Min = 1, Max = 100_000, Advanced = true)]
    public int LambdarankNumPairPerSample { get; init; } = 32;

    [Hyperparameter("Columns with which the score may only rise or fall: (1,0,-1) in the order of columns, or age:+1,income:-1.", Advanced = true)]
    public string MonotoneConstraints { get; init; } = string.Empty;

    [Hyperparameter("Groups of columns that may meet on one path of a tree: [[0,1],[2,3]] or [age,income],[city,street].", Advanced = true)]
    public string InteractionConstraints { get; init; } = string.Empty;

    [Hyperparameter("Categories of up to so many levels are divided one level against the rest.", Min = 0, Max = 255, Advanced = true)]
    public int MaxCatToOnehot { get; init; } = 4;

    [Hyperparameter("Most levels on the smaller side of a split.", Min = 1, Max = 255, Advanced = true)]
    public int MaxCatThreshold { get; init; } = 64;

    [Hyperparameter("gbtree, or dart to leave earlier rounds out while a new one is learned.", Choices = ["gbtree", "dart"])]
    public string Booster { get; init; } = "gbtree";

    [Hyperparameter("With dart, the chance of each earlier round to be left out.", Min = 0, Max = 1, Advanced = true)]
    public double RateDrop { get; init; }

    [Hyperparameter("With dart, the chance that a round leaves none out.", Min = 0, Max = 1, Advanced = true)]
    public double SkipDrop { get; init; }

    [Hyperparameter("With dart, whether all rounds are left out equally often or by their weight.", Choices = ["uniform", "weighted"], Advanced = true)]
    public string SampleType { get; init; } = "uniform";

    [Hyperparameter("With dart, how rounds share their place; Strata knows XGBoost's tree.", Choices = ["tree"], Advanced = true)]
    public string NormalizeType { get; init; } = "tree";

    [Hyperparameter("How splits are searched; Strata always uses histograms.", Choices = ["auto", "hist"], Advanced = true)]
    public string TreeMethod { get; init; } = "auto";

    [Hyperparameter("Stop when the metric on rows kept aside has not improved for this many rounds; 0 for never.", Min = 0, Max = 100_000)]
    public int EarlyStoppingRounds { get; init; }

    [Hyperparameter("The metric to stop early by, by XGBoost's or Strata's name; empty for the loss's own.", Advanced = true)]
    public string EvalMetric { get; init; } = string.Empty;

    [Hyperparameter("Share of the rows kept aside to stop early by, where XGBoost would be given an evaluation set.", Min = 1e-3, Max = 0.9, Advanced = true)]
    public double ValidationFraction { get; init; } = 0.1;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Refused => NoCounterpart;

    /// <inheritdoc/>
    public GradientBoostingModel Fit(TrainingTable table, FitContext context) => Translated.Fit(table, context, Algorithm);

    /// <summary>The same as a recipe of Strata's own.</summary>
    public GradientBoosting Translated
    {
        get
        {
            BoostingObjective objective = Objectives.TryGetValue(Objective, out BoostingObjective known)
                ? known
                : throw new Data.DataException($"There is no objective '{Objective}' here; there are: {string.Join(", ", Objectives.Keys)}.");
            return new GradientBoosting
            {
                Objective = objective,
                Quantile = QuantileAlpha,
                TweediePower = TweedieVariancePower,
                RankTruncation = LambdarankNumPairPerSample,
                BaseScore = BaseScore is double prediction ? RawScore(prediction, objective) : null,
                ScalePositive = ScalePosWeight,
                SoftmaxHessian = 2,
                Trees = NEstimators,
                LearningRate = LearningRate,
                Growth = GrowPolicy == "lossguide" ? GrowthPolicy.LeafWise : GrowthPolicy.LevelWise,
                MaxLeaves = MaxLeaves,
                MaxDepth = MaxDepth,
                MinRowsPerLeaf = 0,
                MinChildHessian = MinChildWeight,
                L1 = RegAlpha,
                L2 = RegLambda,
                MinGain = Gamma,
                MaxDeltaStep = MaxDeltaStep,
                MaxBins = Math.Min(MaxBin, 255),
                RowFraction = Subsample,
                ColumnFraction = ColsampleBytree,
                ColumnFractionPerLevel = ColsampleBylevel,
                ColumnFractionPerNode = ColsampleBynode,
                Monotone = MonotoneConstraints,
                InteractionGroups = InteractionConstraints,
                MaxOneAgainstRest = Math.Max(0, MaxCatToOnehot - 1),
                CategorySmoothing = RegLambda,
                CategoryL2 = 0,
                MaxCategoriesPerSplit = MaxCatThreshold,
                MinRowsPerCategory = 0,
                MinCategoryHessian = MinChildWeight,
                DropRate = Booster == "dart" ? RateDrop : 0,
                SkipDrop = SkipDrop,
                MaxDrop = 0,
                UniformDrop = SampleType == "uniform",
                DropNormalization = DropNormalization.LearningRate,
                EarlyStoppingRounds = EarlyStoppingRounds,
                EarlyStoppingMetric = PeerMetrics.Translate(EvalMetric),
                ValidationFraction = ValidationFraction,
            };
        }
    }

    /// <summary>What XGBoost's base score, a prediction, is as a raw score.</summary>
    private static double RawScore(double prediction, BoostingObjective objective) => objective switch
    {
        BoostingObjective.LogLoss => prediction is > 0 and < 1
            ? Math.Log(prediction / (1 - prediction))
            : throw new Data.DataException($"'base_score' is {prediction}; for binary:logistic it is a probability between 0 and 1."),
        BoostingObjective.Poisson or BoostingObjective.Gamma or BoostingObjective.Tweedie => prediction > 0
            ? Math.Log(prediction)
            : throw new Data.DataException($"'base_score' is {prediction}; for objectives of counts and amounts it is above 0."),
        BoostingObjective.Automatic => throw new Data.DataException("'base_score' is a prediction of an objective: give the objective too."),
        _ => prediction,
    };
}
