namespace Strata.Learning.Neural.Optimizers;

/// <summary>How parameters move.</summary>
public enum OptimizerKind
{
    /// <summary>Adam with weights that decay apart from the gradients.</summary>
    AdamW,

    Adam,

    /// <summary>Adam that looks ahead.</summary>
    NAdam,

    /// <summary>Along the gradients, with momentum, looking ahead.</summary>
    Sgd,

    RmsProp,

    /// <summary>By signs; takes a smaller learning rate.</summary>
    Lion,
}

/// <summary>Makes optimizers.</summary>
internal static class Optimizers
{
    public static Optimizer Of(this OptimizerKind kind, IReadOnlyList<ParameterGroup> groups) => kind switch
    {
        OptimizerKind.AdamW => new Adam(groups),
        OptimizerKind.Adam => new Adam(groups, isCoupled: true),
        OptimizerKind.NAdam => new NAdam(groups),
        OptimizerKind.Sgd => new Sgd(groups),
        OptimizerKind.RmsProp => new RmsProp(groups),
        OptimizerKind.Lion => new Lion(groups),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such optimizer."),
    };
}
