using System.Numerics;
using System.Runtime.Intrinsics;

namespace Strata.Learning.Trees.Forests;

/// <summary>
/// What is summed over the rows of a node or a group of them: some channels, the weight first. A struct, so that the search is compiled for each kind.
/// </summary>
internal unsafe interface INodeSums
{
    /// <summary>How many sums are kept.</summary>
    int Channels { get; }

    /// <summary>How many ways there are to put levels in order.</summary>
    int OrderCount { get; }

    /// <summary>Whether only <see cref="SideScore"/> can tell scores, one at a time.</summary>
    bool IsScalar { get; }

    /// <summary>Adds rows to the cells of their bins, the channels of a cell side by side.</summary>
    void AddRows(double* cells, byte* binOfRow, NodeRows rows, int start, int count);

    /// <summary>Adds one row to a group, whose channels lie <paramref name="stride"/> apart.</summary>
    void AddRow(double* group, nint stride, Vector128<double> row);

    /// <summary>Adds to sums those of up to 64 rows whose bits are set.</summary>
    /// <param name="to">The sums [channels].</param>
    /// <param name="pair">The first row's weight and value; three more than the last marked row's can be read.</param>
    /// <param name="marks">The first row's bit is the lowest.</param>
    void AddMarked(double* to, Vector128<double>* pair, ulong marks);

    /// <summary>Sums up a whole node.</summary>
    void AddAll(double* totals, NodeRows rows, int start, int count);

    /// <summary>One side's part of a split's score: the larger, the purer.</summary>
    double SideScore(double* sums);

    /// <summary>The scores of cuts next to one another.</summary>
    /// <param name="groups">Running sums up to the first cut, channels <paramref name="stride"/> apart.</param>
    /// <param name="stride">Between channels.</param>
    /// <param name="offset">To be added to each left side [channels].</param>
    /// <param name="totals">The node's sums [channels].</param>
    /// <param name="leftWeight">Weights of the left sides.</param>
    /// <param name="rightWeight">Weights of the right sides.</param>
    Vector<double> CutScores(double* groups, nint stride, double* offset, double* totals, Vector<double> leftWeight, Vector<double> rightWeight);

    /// <summary>How many rows sums are of, a row drawn or weighing twice counting as two: the weight without the factors that balance classes.</summary>
    double RowsOf(double* sums);

    /// <summary>The same of the left sides of cuts next to one another; the parameters are those of <see cref="CutScores"/>.</summary>
    Vector<double> RowsOf(double* groups, nint stride, double* offset, Vector<double> leftWeight);

    /// <summary>A level's place in one of the orders.</summary>
    double OrderKey(int order, double* sums);

    /// <summary>Whether all rows have one value; never said wrongly, but sums that are not exact may hide it.</summary>
    bool IsPure(double* totals, NodeRows rows, int start, int count);

    /// <summary>What a node would predict as a leaf.</summary>
    void LeafValues(double* totals, Span<double> values);
}
