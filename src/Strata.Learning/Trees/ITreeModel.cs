namespace Strata.Learning.Trees;

/// <summary>A model whose raw scores are those of one ensemble of trees over the signature's features, in the signature's order.</summary>
public interface ITreeModel : IModel
{
    TreeEnsemble Trees { get; }
}
