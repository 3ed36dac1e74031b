using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Augmentation;
using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Optimizers;
using Strata.Learning.Neural.Training;
using Strata.Tensors;

namespace Strata.Learning.Neural;

/// <summary>What all recipes of networks have in common: how they are trained. Columns go in as they are: the network brings its own encoding.</summary>
public abstract record NetworkRecipe : IRecipe<NetworkModel>
{
    private protected NetworkRecipe()
    {
    }

    public abstract string Algorithm { get; }

    [Hyperparameter("How often all rows are gone through at the most.", Min = 1, Max = 1_000_000)]
    public int Epochs { get; init; } = 100;

    [Hyperparameter("Rows of each step; empty takes 32 for few rows up to 512 for very many, and of series, images and points 16 up to 128.", Min = 1, Max = 1_000_000, SearchMin = 32, SearchMax = 512, LogScale = true)]
    public int? BatchSize { get; init; }

    [Hyperparameter("How far a step goes at the most; smaller is steadier and slower.", Min = 1e-9, Max = 10, SearchMin = 1e-4, SearchMax = 1e-2, LogScale = true)]
    public double LearningRate { get; init; } = 1e-3;

    [Hyperparameter("Find the learning rate by a short sweep before training, instead of the one given.")]
    public bool FindLearningRate { get; init; }

    [Hyperparameter("How the learning rate goes over the epochs.")]
    public RateSchedule Schedule { get; init; } = RateSchedule.Cosine;

    [Hyperparameter("How parameters move.")]
    public OptimizerKind Optimizer { get; init; } = OptimizerKind.AdamW;

    [Hyperparameter("Of sgd: the share of the last step's velocity that is kept.", Min = 0, Max = 0.9999, Advanced = true)]
    public double Momentum { get; init; } = 0.9;

    [Hyperparameter("Of sgd: look ahead along the momentum.", Advanced = true)]
    public bool Nesterov { get; init; } = true;

    [Hyperparameter("How strongly weights are drawn to zero.", Min = 0, Max = 10, SearchMin = 1e-6, SearchMax = 0.1, LogScale = true)]
    public double WeightDecay { get; init; } = 1e-4;

    [Hyperparameter("Gradients longer than this are cut to it; 0 for no limit.", Min = 0, Max = 1e9, Advanced = true)]
    public double MaxGradientNorm { get; init; } = 1;

    [Hyperparameter("Each number of a gradient beyond this is cut to it; 0 for no limit.", Min = 0, Max = 1e9, Advanced = true)]
    public double MaxGradient { get; init; }

    [Hyperparameter("The share of a running mean of the weights that each step keeps; that mean is judged and predicts. 0 for the weights themselves.", Min = 0, Max = 0.99999, Advanced = true)]
    public double WeightAverage { get; init; }

    [Hyperparameter("What is lowered: cross entropy or focal loss for classes, the others for numbers; auto takes cross entropy or the squared error.")]
    public NetworkLoss Loss { get; init; } = NetworkLoss.Auto;

    [Hyperparameter("Of the loss: the focus of focal, the width of huber in deviations of the target, the quantile, the power of beta_nll; empty for 2, 1, 0.5 and 0.5.", Min = 0, Max = 100, Advanced = true)]
    public double? LossSetting { get; init; }

    [Hyperparameter("For classes: how those of unequal size count: none, balanced, or by weights of their own such as a=2|b=1.", Form = "none, balanced, or weights by class such as a=2|b=1 or {\"a\": 2, \"b\": 1}")]
    public ClassWeights ClassWeights { get; init; } = ClassWeighting.None;

    [Hyperparameter("For classes: let each step meet them equally often, those of small classes several times an epoch.", Advanced = true)]
    public bool BalancedBatches { get; init; }

    [Hyperparameter("Rows are mixed in pairs, inputs and targets, by shares from Beta(a, a) for this a; 0 for none.", Min = 0, Max = 1, Advanced = true)]
    public double Mixup { get; init; }

    [Hyperparameter("For classes: the share of each target that is spread over all classes.", Min = 0, Max = 0.9, Advanced = true)]
    public double LabelSmoothing { get; init; }

    [Hyperparameter("Stop when the loss of the validation part has not improved for this many epochs, and keep the best; 0 to run all epochs.", Min = 0, Max = 1_000_000)]
    public int EarlyStoppingEpochs { get; init; } = 16;

    [Hyperparameter("Share of the rows kept aside to stop early by; groups stay whole and later times come last.", Min = 1e-3, Max = 0.9, Advanced = true)]
    public double ValidationFraction { get; init; } = 0.1;

    [Hyperparameter("Megabytes that a step may take; a batch that needs more goes through the network in parts, whose gradients are added up.", Min = 16, Max = 1_000_000, Advanced = true)]
    public int StepMegabytes { get; init; } = 2048;

    [Hyperparameter("Networks that are trained, each from weights of its own, and predict by their mean; where they disagree more rows would help.", Min = 1, Max = 100)]
    public int EnsembleMembers { get; init; } = 1;

    [Hyperparameter("Predict by the mean of so many passes in which dropout leaves numbers out, so that predictions say how unsure they are; 0 for one pass without.", Min = 0, Max = 1000, Advanced = true)]
    public int DropoutSamples { get; init; }

    [Hyperparameter("Layers that stay as they are, names between commas such as encoders.*; for trainings that begin from given weights.", Advanced = true)]
    public string? Freeze { get; init; }

    [Hyperparameter("Epochs after which one more frozen layer is set free, the last first; without freeze, all but the head begin frozen. 0 for never.", Min = 0, Max = 1_000_000, Advanced = true)]
    public int ThawEvery { get; init; }

    [Hyperparameter("What the learning rate is multiplied by for each layer further from the head.", Min = 1e-6, Max = 1, Advanced = true)]
    public double LayerRateDecay { get; init; } = 1;

    /// <summary>Weights to begin from, by name; null begins by chance.</summary>
    internal Safetensors? InitialWeights { get; init; }

    /// <summary>Weights from elsewhere and what moves how; null starts all by chance and moves all alike.</summary>
    internal INetworkStart? Start { get; init; }

    /// <summary>How training rows are varied.</summary>
    internal virtual AugmentationPlan Augmentation => AugmentationPlan.None;

    IReadOnlyList<ColumnType> IRecipe.ArrayTypes => Inputs.Types;

    /// <summary>Which columns it takes, and how.</summary>
    internal abstract InputPlan Inputs { get; }

    public NetworkModel Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(context);
        if (EnsembleMembers > 1)
        {
            return new EnsembleFit(this, table, context).Run();
        }

        using var fit = new NetworkFit(this, table, context);
        return fit.Run();
    }

    /// <summary>The same recipe, beginning from given weights as far as they fit by name and shape.</summary>
    public NetworkRecipe From(Safetensors weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return this with { InitialWeights = weights };
    }

    /// <summary>The network that is trained.</summary>
    /// <param name="encoding">Of the rows that will come.</param>
    /// <param name="outputs">Raw scores of a row.</param>
    /// <param name="random">Where weights start; null leaves them to be read.</param>
    internal abstract Network Build(InputEncoding encoding, int outputs, RandomSource? random);
}
