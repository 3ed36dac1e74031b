using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Training;

/// <summary>The network as it stood at its best epoch; without rows to judge by, at the last.</summary>
internal sealed class BestWeights(Network network)
{
    private float[][]? kept;

    /// <summary>The best epoch, or -1 before any.</summary>
    public int Epoch { get; private set; } = -1;

    public double Loss { get; private set; } = double.PositiveInfinity;

    /// <summary>What is kept, for checkpoints; null for nothing yet.</summary>
    public IReadOnlyList<float[]>? Kept => kept;

    /// <summary>Takes note of an epoch. Returns whether there is anything to judge by.</summary>
    public bool Enter(int epoch, double? loss)
    {
        if (loss is not double judged)
        {
            return false;
        }

        if (judged < Loss)
        {
            (Epoch, Loss) = (epoch, judged);
            kept ??= [.. network.State.Select(parameter => new float[parameter.Shape.Count])];
            foreach ((Parameter<float> parameter, float[] to) in network.State.Zip(kept))
            {
                parameter.Values.CopyTo(to);
            }
        }

        return true;
    }

    /// <summary>Goes on from what a checkpoint held.</summary>
    public void Resume(int epoch, double loss, float[][]? weights) => (Epoch, Loss, kept) = (epoch, loss, weights);

    public void PutBack()
    {
        foreach ((Parameter<float> parameter, float[] from) in network.State.Zip(kept ?? []))
        {
            from.CopyTo(parameter.Values);
        }
    }
}
