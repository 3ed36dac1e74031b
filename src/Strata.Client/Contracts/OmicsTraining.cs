using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>What all trainings of the omics framework have in common.</summary>
public abstract record OmicsTrainingRequest
{
    /// <summary>The dataset to learn from.</summary>
    public required string DatasetId { get; init; }

    /// <summary>The column to predict; null for the one that the dataset suggests.</summary>
    public string? Target { get; init; }

    /// <summary>Whether the target is a class or a number; null to tell it from its values.</summary>
    public TargetKind? Task { get; init; }

    /// <summary>The part of the rows that is kept for the test; null for 0.2.</summary>
    public double? TestSize { get; init; }

    /// <summary>The column whose equal values are never split apart, such as the patient.</summary>
    public string? Group { get; init; }

    /// <summary>The column that orders rows: train on earlier ones, test on later ones.</summary>
    public string? Time { get; init; }

    /// <summary>Columns not to learn from.</summary>
    public IReadOnlyList<string>? ExcludeColumns { get; init; }

    /// <summary>The seed of split and learner; null for 0.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The model's name; null for one made from algorithm and target.</summary>
    public string? Name { get; init; }

    /// <summary>Which of your jobs goes first; null for normal.</summary>
    public JobPriority? Priority { get; init; }
}

/// <summary>The best model that can be had in some time: many candidates on folds of the training rows, the best of them weighted together.</summary>
public sealed record OmicsAutomlRequest : OmicsTrainingRequest
{
    /// <summary>How much is tried; null for good.</summary>
    public AutomlPreset? Preset { get; init; }

    /// <summary>Seconds for all fits and the test together; null for 300.</summary>
    public double? TimeLimit { get; init; }

    /// <summary>The metric that decides; null for ROC AUC of two classes, log loss of more, and RMSE of numbers.</summary>
    public string? Metric { get; init; }

    /// <summary>Algorithms or families (boosting, forests, linear, neighbors, svm, neural, random_kernels) that are tried beside the baselines; null for all.</summary>
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>In how many parts the training rows are split, each predicted by models that have not seen it; null decides by preset, rows and time.</summary>
    public int? Folds { get; init; }

    /// <summary>Whether the clock decides nothing: the same seed gives the same model, however long it takes.</summary>
    public bool? Deterministic { get; init; }

    /// <summary>Microseconds that predicting a row may take; null for no limit.</summary>
    public double? InferLimit { get; init; }

    /// <summary>Megabytes that models and their predictions may take together; null for half of what the worker may have.</summary>
    public double? MemoryLimit { get; init; }

    /// <summary>Taken from programs that know an earlier form, where the best algorithm was tuned; it decides nothing any more.</summary>
    public int? Trials { get; init; }
}

/// <summary>How much AutoML tries.</summary>
public enum AutomlPreset
{
    Fast,
    Good,
    High,
    Best,
}

/// <summary>A network.</summary>
public record OmicsNetworkRequest : OmicsTrainingRequest
{
    /// <summary><c>cnn</c> (by the columns: series, images or points), <c>rnn</c>, <c>lstm</c>, <c>bilstm</c>, <c>gru</c>, <c>transformer</c>, <c>mlp</c>, <c>fusion</c>, or any network of the catalog.</summary>
    public string? Architecture { get; init; }

    /// <summary>How often all rows are gone through at the most.</summary>
    public int? Epochs { get; init; }

    /// <summary>Rows of each step.</summary>
    public int? BatchSize { get; init; }

    /// <summary>How far a step goes at the most.</summary>
    public double? LearningRate { get; init; }

    /// <summary>The part of the training rows that early stopping looks at.</summary>
    public double? ValidationSplit { get; init; }

    /// <summary>Whether training stops when that part has not improved for a while; null for yes.</summary>
    public bool? EarlyStopping { get; init; }

    /// <summary>For how many epochs.</summary>
    public int? EarlyStoppingPatience { get; init; }

    /// <summary>What is read as series: columns of series, or patterns of numbered columns such as <c>probe_*</c>; null for all columns of series.</summary>
    public IReadOnlyList<string>? SequenceColumns { get; init; }

    /// <summary>Further settings of the network by its own names.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Hyperparameters { get; init; }
}

/// <summary>A network that begins from the weights of another. Without an architecture it is built as that one was.</summary>
public sealed record OmicsTransferRequest : OmicsNetworkRequest
{
    /// <summary>A stored model whose network's weights are taken.</summary>
    public string? BaseModelId { get; init; }

    /// <summary>The name of something pretrained, in place of a stored model.</summary>
    public string? Pretrained { get; init; }

    /// <summary>Layers that stay as they are, by names or patterns such as <c>encoders.*</c>; null for none.</summary>
    public IReadOnlyList<string>? FreezeLayers { get; init; }

    /// <summary>Epochs after which one more frozen layer is set free, the last first; null for never.</summary>
    public int? ThawEvery { get; init; }

    /// <summary>Whether the same network is also trained from scratch, to tell what the weights are worth.</summary>
    public bool AgainstScratch { get; init; }
}

/// <summary>Several algorithms trained together, or several stored models as they are.</summary>
public sealed record OmicsEnsembleRequest : OmicsTrainingRequest
{
    /// <summary>How they are combined; null for voting.</summary>
    public OmicsEnsembleMethod? Method { get; init; }

    /// <summary>What is combined, with settings in brackets if need be: <c>gradient_boosting(trees=200)</c>; null for boosting, forest and a linear model.</summary>
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>
    /// 2 to 20 stored models of the same target, in place of algorithms. They are not trained again: the dataset's rows that none of them has learned from test the ensemble, and teach the
    /// meta-learner of stacking and blending.
    /// </summary>
    public IReadOnlyList<string>? ModelIds { get; init; }

    /// <summary>Of voting: whether probabilities count, the called class, or log-odds; null for probabilities.</summary>
    public OmicsVote? Voting { get; init; }

    /// <summary>Of voting: how much each counts, in the order of the algorithms or models; null for the same.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Of stacking and blending: what learns from the others' answers; null for a linear model.</summary>
    public string? MetaLearner { get; init; }

    /// <summary>Of stacking: in how many parts the rows are split, so that each is answered by members that have not seen it; null for 5.</summary>
    public int? Folds { get; init; }

    /// <summary>Of blending: the part of the rows that the meta-learner learns from; null for 0.2, of stored models for half of the rows that are new to them.</summary>
    public double? HeldBack { get; init; }
}

/// <summary>How algorithms are combined.</summary>
public enum OmicsEnsembleMethod
{
    Voting,
    Stacking,
    Blending,
}

/// <summary>What counts in a vote.</summary>
public enum OmicsVote
{
    Soft,
    Hard,
    LogOdds,
}
