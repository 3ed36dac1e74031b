using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Layers;

/// <summary>What layers want to be small besides the loss; each is added to it.</summary>
internal sealed class Penalties
{
    private readonly List<Variable<float>> all = [];

    /// <param name="penalty">A single number.</param>
    public void Add(Variable<float> penalty) => all.Add(penalty);

    /// <summary>The loss with all penalties of this pass, which are forgotten.</summary>
    public Variable<float> AddTo(Variable<float> loss)
    {
        foreach (Variable<float> penalty in all)
        {
            loss += penalty;
        }

        all.Clear();
        return loss;
    }
}
