using Strata.Learning.Neural.Optimizers;

namespace Strata.Learning.Neural.Training;

/// <summary>Where a training begins and what moves how: the opening for weights from elsewhere, frozen layers and rates by layer.</summary>
internal interface INetworkStart
{
    /// <summary>All that the training's bits depend on here, written as JSON into the fingerprint of checkpoints.</summary>
    object Fingerprint { get; }

    /// <summary>What a person should know of it, one sentence each; asked for when the training is over.</summary>
    IReadOnlyList<string> Notes { get; }

    /// <summary>Sets what weights start from; those it leaves alone start by chance. Parameters that it freezes stay as they are.</summary>
    void Begin(Network network);

    /// <summary>Which parameters are learned alike, with rates and decays of their own.</summary>
    IReadOnlyList<ParameterGroup> Groups(Network network, double weightDecay);

    /// <summary>Before each epoch, from 0: where layers thaw one after the other. Called for the first epoch of a resumed training too.</summary>
    void BeginEpoch(Network network, int epoch);
}
