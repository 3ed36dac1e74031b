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

    internal sealed override InputPlan Inputs => new() { Images = Scaling, ImageSize = ImageSize };
}
