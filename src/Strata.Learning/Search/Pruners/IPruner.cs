namespace Strata.Learning.Search.Pruners;

/// <summary>Decides from intermediate values whether a trial is worth going on with.</summary>
public interface IPruner
{
    /// <summary>The name that files and people use, such as <c>median</c>.</summary>
    string Name { get; }

    /// <param name="trial">The trial with its reports up to now, the last of them at the step that is judged.</param>
    /// <param name="others">All other trials, whatever became of them.</param>
    /// <param name="direction">Which values are good.</param>
    bool ShouldPrune(Trial trial, IReadOnlyList<Trial> others, Direction direction);
}
