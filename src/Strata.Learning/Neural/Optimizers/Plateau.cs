namespace Strata.Learning.Neural.Optimizers;

/// <summary>
/// Lowers the learning rate when a loss stops improving, as PyTorch's <c>ReduceLROnPlateau</c> does: an epoch improves when its loss is below the best by a share of it, and after
/// more than so many epochs without that the rate is a tenth.
/// </summary>
/// <param name="patienceInEpochs">Epochs without improvement that are borne.</param>
internal sealed class Plateau(int patienceInEpochs = 10)
{
    private const double Threshold = 1e-4, Lowering = 0.1, Least = 1e-8;

    /// <summary>What the rate is multiplied by.</summary>
    public double Factor { get; private set; } = 1;

    public double Best { get; private set; } = double.PositiveInfinity;

    /// <summary>Epochs since an improvement or a lowering.</summary>
    public int Waited { get; private set; }

    /// <summary>Takes note of an epoch's loss.</summary>
    public void Enter(double loss)
    {
        if (loss < Best - Threshold * Math.Abs(Best) || double.IsPositiveInfinity(Best))
        {
            (Best, Waited) = (loss, 0);
            return;
        }

        if (++Waited > patienceInEpochs)
        {
            (Factor, Waited) = (Math.Max(Least, Factor * Lowering), 0);
        }
    }

    /// <summary>Goes on from what a checkpoint held.</summary>
    public void Resume(double factor, double best, int waited) => (Factor, Best, Waited) = (factor, best, waited);
}
