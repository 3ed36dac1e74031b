using Strata.Learning.ModelFiles;

namespace Strata.Learning.Trees;

/// <summary>Whether trees that were read belong to the signature that was read with them.</summary>
internal static class TreeModelCheck
{
    /// <exception cref="ModelFileException">They do not.</exception>
    public static void Fits(ModelSignature signature, TreeEnsemble trees, int valueWidth)
    {
        if (trees.FeatureCount != signature.Features.Columns.Count || trees.OutputCount != signature.OutputCount || trees.ValueWidth != valueWidth)
        {
            throw new ModelFileException(
                $"The trees have {trees.FeatureCount} features and {trees.OutputCount} outputs in leaves of {trees.ValueWidth}; the signature needs {signature.Features.Columns.Count}, {signature.OutputCount} and {valueWidth}.");
        }
    }
}
