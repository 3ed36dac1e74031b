namespace Strata.Learning.Search.Samplers;

/// <summary>Chooses the points of a study, one at a time. Everything it does follows from the seed and the trials, so that a study that is opened again goes on as if it had never stopped.</summary>
public interface ISampler
{
    /// <summary>The name that files and people use, such as <c>tpe</c>.</summary>
    string Name { get; }

    /// <summary>The next point; null when there is none left.</summary>
    /// <param name="trials">All trials so far, by number, running ones among them.</param>
    double[]? Propose(IReadOnlyList<Trial> trials);

    /// <summary>Called when a trial starts, and again in the same order when a study is read back.</summary>
    void Started(Trial trial)
    {
    }

    /// <summary>Called when a trial ends, in the order of ending.</summary>
    void Ended(Trial trial)
    {
    }
}
