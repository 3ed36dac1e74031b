using Strata.Tensors.Kernels;

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
    /// <param name="kind">Which.</param>
    /// <param name="groups">What is learned.</param>
    /// <param name="team">Shares the work of steps; null for the caller alone.</param>
    /// <param name="momentum">Of <see cref="OptimizerKind.Sgd"/>.</param>
    /// <param name="looksAhead">Whether <see cref="OptimizerKind.Sgd"/> takes Nesterov's form.</param>
    public static Optimizer Of(this OptimizerKind kind, IReadOnlyList<ParameterGroup> groups, ThreadTeam? team = null, double momentum = 0.9, bool looksAhead = true) => kind switch
    {
        OptimizerKind.AdamW => new Adam(groups) { Team = team },
        OptimizerKind.Adam => new Adam(groups, isCoupled: true) { Team = team },
        OptimizerKind.NAdam => new NAdam(groups) { Team = team },
        OptimizerKind.Sgd => new Sgd(groups, momentum, looksAhead) { Team = team },
        OptimizerKind.RmsProp => new RmsProp(groups) { Team = team },
        OptimizerKind.Lion => new Lion(groups) { Team = team },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such optimizer."),
    };
}
