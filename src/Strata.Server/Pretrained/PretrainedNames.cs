using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Solutions;

namespace Strata.Server.Pretrained;

/// <summary>What is pretrained, by name: models that ship with Strata, and weights that somebody made.</summary>
internal static class PretrainedNames
{
    /// <summary>The weights that <c>strata pretrain --name</c> left in the data folder.</summary>
    public static WeightsFolder WeightsFolder(this StrataPlatform platform) => new(Path.Join(platform.Options.DataFolder, "pretrained"));

    public static IReadOnlyList<string> All(StrataPlatform platform) =>
        [.. platform.WeightsFolder().Cards().Select(card => card.Name), .. Solution.All.SelectMany(solution => solution.Pretrained).Select(model => model.Card.Name)];
}
