using Strata.Learning.Data;

namespace Strata.Learning.Neighbors;

/// <summary>Points among which the nearest to some rows are found exactly.</summary>
internal interface INeighborIndex
{
    /// <param name="queries">Complete numbers of the points' columns.</param>
    /// <param name="most">How many of the nearest to find; all where there are fewer.</param>
    /// <param name="threads">Who shares the queries.</param>
    /// <param name="found">Called for each query, at once for several, with its number, distances from the nearest on, and points.</param>
    void Search(Frame queries, int most, ParallelOptions threads, NeighborsFound found);
}
