using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Neural.Augmentation;

/// <summary>A change by chance of a training row's array that leaves its meaning as it is. Numbers come scaled, mostly to deviations from the mean.</summary>
public interface IAugmentation
{
    /// <summary>Whether it changes arrays of this type.</summary>
    bool IsFor(ColumnType type);

    /// <param name="cell">The array, changed in place.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="scratch">As long as the cell, with whatever is in it.</param>
    /// <param name="random">The only source of chance.</param>
    void Apply(Span<float> cell, CellShape shape, Span<float> scratch, RandomSource random);
}
