namespace Strata.Learning.Neural.Architectures;

/// <summary>What networks have in common that read series by convolutions.</summary>
public abstract record ConvolutionNetworkRecipe : SeriesNetworkRecipe
{
    private protected ConvolutionNetworkRecipe()
    {
    }

    [Hyperparameter("Equal parts of the time of which the mean is read: 1 forgets when something happened, more tell it, for series that all begin at the same event or are folded.", Min = 1, Max = 1024, SearchMin = 1, SearchMax = 16, LogScale = true)]
    public int TimeParts { get; init; } = 1;
}
