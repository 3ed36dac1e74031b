namespace Strata.Learning.Trees.Presets;

/// <summary>Gradient boosting by LightGBM's parameter names and defaults. It is Strata's engine: leaf-wise trees on histograms, categories divided by their gradients.</summary>
public sealed record LightGbm : IRecipe<GradientBoostingModel>, IPreset
{
    private const string Automatic = "auto";

    private static readonly Dictionary<string, BoostingObjective> Objectives = new(StringComparer.Ordinal)
    {
        [Automatic] = BoostingObjective.Automatic,
        ["binary"] = BoostingObjective.LogLoss,
        ["multiclass"] = BoostingObjective.Softmax,
        ["softmax"] = BoostingObjective.Softmax,
        ["regression"] = BoostingObjective.SquaredError,
        ["l2"] = BoostingObjective.SquaredError,
        ["mse"] = BoostingObjective.SquaredError,
        ["regression_l1"] = BoostingObjective.AbsoluteError,
        ["l1"] = BoostingObjective.AbsoluteError,
        ["mae"] = BoostingObjective.AbsoluteError,
        ["huber"] = BoostingObjective.Huber,
        ["quantile"] = BoostingObjective.Quantile,
        ["poisson"] = BoostingObjective.Poisson,
        ["gamma"] = BoostingObjective.Gamma,
        ["tweedie"] = BoostingObjective.Tweedie,
        ["lambdarank"] = BoostingObjective.LambdaRank,
    };

    private static readonly Dictionary<string, string> NoCounterpart = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["extra_trees"] = "thresholds are searched, not drawn.",
        ["linear_tree"] = "leaves hold constants.",
        ["refit_decay_rate"] = "finished trees are not changed.",
        ["pos_bagging_fraction"] = "rows are drawn from all classes alike; is_unbalance or scale_pos_weight weigh them.",
        ["neg_bagging_fraction"] = "rows are drawn from all classes alike; is_unbalance or scale_pos_weight weigh them.",
        ["bagging_by_query"] = "rows are drawn one by one.",
        ["feature_contri"] = "columns count alike.",
        ["forcedsplits_filename"] = "splits are found from the rows.",
        ["forcedbins_filename"] = "bins are found from the values.",
        ["cegb_tradeoff"] = "columns cost nothing.",
        ["cegb_penalty_split"] = "columns cost nothing.",
        ["cegb_penalty_feature_lazy"] = "columns cost nothing.",
        ["cegb_penalty_feature_coupled"] = "columns cost nothing.",
        ["monotone_constraints_method"] = "there is one method, which bounds both sides of a split by their middle.",
        ["monotone_penalty"] = "constraints are kept without a penalty.",
        ["use_quantized_grad"] = "gradients are always whole numbers, finer than LightGBM's.",
        ["num_grad_quant_bins"] = "gradients are always whole numbers, finer than LightGBM's.",
        ["poisson_max_delta_step"] = "it is 0.7, LightGBM's default.",
        ["fair_c"] = "there is no fair loss; use huber.",
        ["reg_sqrt"] = "targets are learned as they are.",
        ["sigmoid"] = "the logistic function has slope 1.",
        ["label_gain"] = "a relevance gains 2^relevance - 1.",
        ["lambdarank_norm"] = "lambdas are normalised, LightGBM's default.",
        ["eval_at"] = "the metric ndcg counts lambdarank_truncation_level places.",
        ["num_class"] = "classes are counted from the target.",
        ["categorical_feature"] = "columns that hold categories are always learned from as such.",
        ["use_missing"] = "missing values have a direction of their own.",
        ["zero_as_missing"] = "zero is a number like any other.",
        ["min_data_in_bin"] = "bins are found from the values.",
        ["bin_construct_sample_cnt"] = "bins are found from the values.",
        ["enable_bundle"] = "the engine sees to sparse columns itself.",
        ["tree_learner"] = "it learns on one machine.",
        ["device_type"] = "it computes on processors.",
        ["device"] = "it computes on processors.",
        ["deterministic"] = "it always is, for any number of threads.",
        ["force_col_wise"] = "the engine chooses its layout.",
        ["force_row_wise"] = "the engine chooses its layout.",
        ["num_threads"] = "threads are set for the training as a whole (--threads).",
        ["n_jobs"] = "threads are set for the training as a whole (--threads).",
        ["seed"] = "the seed is set for the training as a whole (--seed).",
        ["random_state"] = "the seed is set for the training as a whole (--seed).",
        ["bagging_seed"] = "the seed is set for the training as a whole (--seed).",
        ["feature_fraction_seed"] = "the seed is set for the training as a whole (--seed).",
        ["drop_seed"] = "the seed is set for the training as a whole (--seed).",
        ["verbosity"] = "progress goes to the terminal and the run's page.",
        ["verbose"] = "progress goes to the terminal and the run's page.",
    };

    public string Algorithm => "lightgbm";

    /// <inheritdoc/>
    public bool? LearnsNumbers => Translated.LearnsNumbers;

    [Hyperparameter("What is lowered, by LightGBM's names; auto takes it from the target.", Aliases = ["application", "app", "loss"], Choices =
    [
        Automatic, "binary", "multiclass", "softmax", "regression", "l2", "mse", "regression_l1", "l1", "mae", "huber", "quantile", "poisson", "gamma", "tweedie", "lambdarank",
    ])]
    public string Objective { get; init; } = Automatic;

    [Hyperparameter("Number of boosting rounds.", Min = 1, Max = 100_000, SearchMin = 50, SearchMax = 1000, LogScale = true, Aliases =
        ["num_iterations", "num_iteration", "n_iter", "num_tree", "num_trees", "num_round", "num_rounds", "nrounds", "num_boost_round", "max_iter"])]
    public int NEstimators { get; init; } = 100;

    [Hyperparameter("What each tree's values are multiplied by.", Min = 1e-6, Max = 1, SearchMin = 0.01, SearchMax = 0.3, LogScale = true, Aliases = ["shrinkage_rate", "eta"])]
    public double LearningRate { get; init; } = 0.1;

    [Hyperparameter("Most leaves of a tree.", Min = 2, Max = 65_536, SearchMin = 7, SearchMax = 255, LogScale = true, Aliases = ["num_leaf", "max_leaves", "max_leaf", "max_leaf_nodes"])]
    public int NumLeaves { get; init; } = 31;

    [Hyperparameter("Most splits between a tree's root and a leaf; 0 or less for no limit.", Min = -1, Max = 10_000)]
    public int MaxDepth { get; init; } = -1;

    [Hyperparameter("Fewest rows in a leaf.", Min = 0, Max = 1e9, SearchMin = 1, SearchMax = 100, LogScale = true, Aliases = ["min_data_in_leaf", "min_data_per_leaf", "min_data", "min_samples_leaf"])]
    public int MinChildSamples { get; init; } = 20;

    [Hyperparameter("Least sum of second derivatives in a leaf.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 10, LogScale = true, Aliases =
        ["min_sum_hessian_per_leaf", "min_sum_hessian", "min_hessian", "min_child_weight"])]
    public double MinSumHessianInLeaf { get; init; } = 1e-3;

    [Hyperparameter("Penalty on the size of leaf values.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 100, LogScale = true, Aliases = ["reg_alpha", "l1_regularization"])]
    public double LambdaL1 { get; init; }

    [Hyperparameter("Penalty on the square of leaf values.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 100, LogScale = true, Aliases = ["reg_lambda", "lambda", "l2_regularization"])]
    public double LambdaL2 { get; init; }

    [Hyperparameter("Least gain of a split.", Min = 0, Max = 1e9, SearchMin = 1e-3, SearchMax = 10, LogScale = true, Aliases = ["min_split_gain"])]
    public double MinGainToSplit { get; init; }

    [Hyperparameter("Share of the rows to learn from, drawn anew every bagging_freq rounds.", Min = 1e-3, Max = 1, SearchMin = 0.5, SearchMax = 1, Aliases = ["subsample", "sub_row", "bagging"])]
    public double BaggingFraction { get; init; } = 1;

    [Hyperparameter("For how many rounds drawn rows stay the same; 0 learns from all rows.", Min = 0, Max = 100_000, Aliases = ["subsample_freq"])]
    public int BaggingFreq { get; init; }

    [Hyperparameter("Share of the columns for each tree.", Min = 1e-3, Max = 1, SearchMin = 0.3, SearchMax = 1, Aliases = ["colsample_bytree", "sub_feature"])]
    public double FeatureFraction { get; init; } = 1;

    [Hyperparameter("Share of the tree's columns for each node.", Min = 1e-3, Max = 1, SearchMin = 0.3, SearchMax = 1, Aliases = ["colsample_bynode", "sub_feature_bynode"])]
    public double FeatureFractionBynode { get; init; } = 1;

    [Hyperparameter("Most bins of a column, missing values not counted.", Min = 2, Max = 255, Advanced = true, Aliases = ["max_bins"])]
    public int MaxBin { get; init; } = 255;

    [Hyperparameter("gbdt; dart to leave earlier rounds out while a new one is learned; goss to learn from the rows of large gradients.", Choices = ["gbdt", "gbrt", "dart", "goss"], Aliases = ["boosting_type", "boost"])]
    public string Boosting { get; init; } = "gbdt";

    [Hyperparameter("How rows are drawn: bagging, or goss by gradients.", Choices = ["bagging", "goss"], Advanced = true)]
    public string DataSampleStrategy { get; init; } = "bagging";

    [Hyperparameter("With goss, the share of rows of largest gradients.", Min = 1e-3, Max = 1, Advanced = true)]
    public double TopRate { get; init; } = 0.2;

    [Hyperparameter("With goss, the share of rows drawn from the rest.", Min = 1e-3, Max = 1, Advanced = true)]
    public double OtherRate { get; init; } = 0.1;

    [Hyperparameter("With dart, the chance of each earlier round to be left out.", Min = 0, Max = 1, Advanced = true, Aliases = ["rate_drop"])]
    public double DropRate { get; init; } = 0.1;

    [Hyperparameter("With dart, most rounds left out at once; 0 or less for no limit.", Min = -1, Max = 100_000, Advanced = true)]
    public int MaxDrop { get; init; } = 50;

    [Hyperparameter("With dart, the chance that a round leaves none out.", Min = 0, Max = 1, Advanced = true)]
    public double SkipDrop { get; init; } = 0.5;

    [Hyperparameter("With dart, whether all rounds are left out equally often.", Advanced = true)]
    public bool UniformDrop { get; init; }

    [Hyperparameter("With dart, whether rounds share their place as in XGBoost.", Advanced = true)]
    public bool XgboostDartMode { get; init; }

    [Hyperparameter("Whether the rows of rarer classes are weighted up to the heaviest class.", Aliases = ["unbalance", "unbalanced_sets"])]
    public bool IsUnbalance { get; init; }

    [Hyperparameter("What rows of the positive one of two classes are weighted by besides.", Min = 1e-6, Max = 1e6)]
    public double ScalePosWeight { get; init; } = 1;

    [Hyperparameter("What classes count for, as in the Python interface.", Choices = ["none", "balanced"])]
    public string ClassWeight { get; init; } = "none";

    [Hyperparameter("Whether the first score is the best constant; else 0.", Advanced = true)]
    public bool BoostFromAverage { get; init; } = true;

    [Hyperparameter("The quantile of objective quantile, and where huber turns from squared to absolute.", Min = 1e-4, Max = 1e9, Advanced = true)]
    public double Alpha { get; init; } = 0.9;

    [Hyperparameter("The power of the mean with which the variance of tweedie grows.", Min = 1.001, Max = 1.999, Advanced = true)]
    public double TweedieVariancePower { get; init; } = 1.5;

    [Hyperparameter("How many first places of a query count in rankings.", Min = 1, Max = 100_000, Advanced = true)]
    public int LambdarankTruncationLevel { get; init; } = 30;

    [Hyperparameter("Largest size of a leaf's value before the learning rate; 0 or less for no limit.", Min = -1, Max = 1e9, Advanced = true, Aliases = ["max_tree_output", "max_leaf_output"])]
    public double MaxDeltaStep { get; init; }

    [Hyperparameter("Draws leaf values to their parents'.", Min = 0, Max = 1e9, Advanced = true)]
    public double PathSmooth { get; init; }

    [Hyperparameter("Columns with which the score may only rise or fall: 1,0,-1 in the order of columns, or age:+1,income:-1.", Advanced = true, Aliases = ["mc", "monotone_constraint"])]
    public string MonotoneConstraints { get; init; } = string.Empty;

    [Hyperparameter("Groups of columns that may meet on one path of a tree: [0,1],[2,3] or [age,income],[city,street].", Advanced = true)]
    public string InteractionConstraints { get; init; } = string.Empty;

    [Hyperparameter("Categories of up to so many levels are divided one level against the rest.", Min = 0, Max = 255, Advanced = true)]
    public int MaxCatToOnehot { get; init; } = 4;

    [Hyperparameter("Most levels on the smaller side of a split.", Min = 1, Max = 255, Advanced = true)]
    public int MaxCatThreshold { get; init; } = 32;

    [Hyperparameter("Penalty on the square of leaf values when several levels go to one side.", Min = 0, Max = 1e9, Advanced = true)]
    public double CatL2 { get; init; } = 10;

    [Hyperparameter("Added to a level's hessian when levels are put in order.", Min = 0, Max = 1e9, Advanced = true)]
    public double CatSmooth { get; init; } = 10;

    [Hyperparameter("Fewest rows between two places where ordered levels may be cut.", Min = 0, Max = 1e9, Advanced = true)]
    public double MinDataPerGroup { get; init; } = 100;

    [Hyperparameter("Stop when the metric on rows kept aside has not improved for this many rounds; 0 for never.", Min = 0, Max = 100_000, Aliases =
        ["early_stopping_round", "early_stopping", "n_iter_no_change"])]
    public int EarlyStoppingRounds { get; init; }

    [Hyperparameter("By how much the metric must improve to count.", Min = 0, Max = 1e9, Advanced = true)]
    public double EarlyStoppingMinDelta { get; init; }

    [Hyperparameter("The metric to stop early by, by LightGBM's or Strata's name; empty for the loss's own.", Advanced = true, Aliases = ["metrics", "metric_types", "eval_metric"])]
    public string Metric { get; init; } = string.Empty;

    [Hyperparameter("Share of the rows kept aside to stop early by, where LightGBM would be given a validation set.", Min = 1e-3, Max = 0.9, Advanced = true)]
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
            if (objective == BoostingObjective.Quantile && Alpha >= 1)
            {
                throw new Data.DataException($"'alpha' is {Alpha}; for objective quantile it lies between 0 and 1.");
            }

            return new GradientBoosting
            {
                Objective = objective,
                HuberDelta = Alpha,
                Quantile = Math.Min(Alpha, 0.9999),
                TweediePower = TweedieVariancePower,
                RankTruncation = LambdarankTruncationLevel,
                BaseScore = BoostFromAverage ? null : 0,
                ClassWeights = IsUnbalance ? ClassBalance.Lifted : ClassWeight == "balanced" ? ClassBalance.Balanced : ClassBalance.None,
                ScalePositive = ScalePosWeight,
                Trees = NEstimators,
                LearningRate = LearningRate,
                Growth = GrowthPolicy.LeafWise,
                MaxLeaves = NumLeaves,
                MaxDepth = Math.Max(0, MaxDepth),
                MinRowsPerLeaf = MinChildSamples,
                MinChildHessian = MinSumHessianInLeaf,
                L1 = LambdaL1,
                L2 = LambdaL2,
                MinGain = MinGainToSplit,
                MaxDeltaStep = Math.Max(0, MaxDeltaStep),
                PathSmoothing = PathSmooth,
                MaxBins = MaxBin,
                RowFraction = BaggingFreq > 0 ? BaggingFraction : 1,
                RowSamplingEvery = Math.Max(1, BaggingFreq),
                GradientSampling = Boosting == "goss" || DataSampleStrategy == "goss",
                TopRate = TopRate,
                OtherRate = OtherRate,
                ColumnFraction = FeatureFraction,
                ColumnFractionPerNode = FeatureFractionBynode,
                Monotone = MonotoneConstraints,
                InteractionGroups = InteractionConstraints,
                MaxOneAgainstRest = MaxCatToOnehot,
                CategorySmoothing = CatSmooth,
                CategoryL2 = CatL2,
                MaxCategoriesPerSplit = MaxCatThreshold,
                MinRowsPerCategory = MinDataPerGroup,
                DropRate = Boosting == "dart" ? DropRate : 0,
                MaxDrop = Math.Max(0, MaxDrop),
                SkipDrop = SkipDrop,
                UniformDrop = UniformDrop,
                DropNormalization = XgboostDartMode ? DropNormalization.LearningRate : DropNormalization.Equal,
                EarlyStoppingRounds = EarlyStoppingRounds,
                MinImprovement = EarlyStoppingMinDelta,
                EarlyStoppingMetric = PeerMetrics.Translate(Metric),
                ValidationFraction = ValidationFraction,
            };
        }
    }
}
