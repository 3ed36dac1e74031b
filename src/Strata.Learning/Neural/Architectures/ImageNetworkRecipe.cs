using Strata.Learning.Neural.Inputs;

namespace Strata.Learning.Neural.Architectures;

/// <summary>A network for images and other grids.</summary>
public abstract record ImageNetworkRecipe : ArrayNetworkRecipe
{
    private protected ImageNetworkRecipe()
    {
    }

    [Hyperparameter("Height and width in pixels that all images are brought to; empty takes images of one size as they are.", Min = 1, Max = 4096)]
    public int? ImageSize { get; init; }

    [Hyperparameter("About the share of places that each stage but the first leaves out by chance in blocks of neighbours, in each step.", Min = 0, Max = 0.9, SearchMin = 0, SearchMax = 0.3)]
    public double BlockDropout { get; init; }

    [Hyperparameter("Places of such a block, down and across.", Min = 1, Max = 64, SearchMin = 3, SearchMax = 7, Advanced = true)]
    public int BlockSize { get; init; } = 5;

    internal sealed override InputPlan Inputs => new() { Images = Scaling, ImageSize = ImageSize };
}
