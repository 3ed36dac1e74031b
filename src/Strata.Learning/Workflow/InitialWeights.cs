using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural;
using Strata.Learning.Neural.Transfer;
using Strata.Learning.Validation;

namespace Strata.Learning.Workflow;

/// <summary>Weights that a training of a network begins from.</summary>
/// <param name="Weights">By name, as far as they fit.</param>
/// <param name="IsComparedWithChance">Whether the same network is also trained from scratch on the same rows, to tell what the weights are worth.</param>
public sealed record InitialWeights(Safetensors Weights, bool IsComparedWithChance = false)
{
    /// <summary>The weights of a model's network, behind whatever it is prepared or finished by.</summary>
    /// <exception cref="DataException">It is no network.</exception>
    public static Safetensors Of(IModel model) => NetworkWeights.Of(model is FinishedModel finished ? finished.Pipeline : model);

    /// <summary>The same network with nothing given, frozen or slowed down.</summary>
    internal static IRecipe Scratch(IRecipe learner) => learner is NetworkRecipe network ? network with { InitialWeights = null, Freeze = null, ThawEvery = 0, LayerRateDecay = 1 } : learner;

    /// <exception cref="DataException">The recipe is of no network.</exception>
    internal IRecipe Begin(IRecipe learner) => learner is NetworkRecipe network
        ? network.From(Weights)
        : throw new DataException($"'{learner.Algorithm}' is no network; only networks begin from given weights.");
}

/// <summary>What given weights are worth: the same plan on the same rows, beginning from them and by chance.</summary>
/// <param name="Metric">The main metric of the task.</param>
/// <param name="FromWeights">On the test rows, beginning from the weights.</param>
/// <param name="FromScratch">On the test rows, beginning by chance.</param>
/// <param name="Gain">How much better the weights make it; below 0 where they harm.</param>
public sealed record TransferGain(string Metric, double FromWeights, double FromScratch, double Gain);
