using System.Numerics;
using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

/// <content>Operations on whole rows.</content>
public sealed unsafe partial class Tape<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>x with some rows replaced by a table's.</summary>
    /// <param name="x">[.., width].</param>
    /// <param name="table">[rows, width].</param>
    /// <param name="numbers">For each row of x the row of the table that takes its place; -1 keeps it.</param>
    public Variable<T> ReplaceRows(Variable<T> x, Variable<T> table, ReadOnlySpan<int> numbers)
    {
        Require(table.Shape.Dimensions == 2 && table.Shape[1] == x.Shape.Width && numbers.Length == x.Shape.Rows, $"{numbers.Length} rows of {table.Shape} cannot take the place of rows of {x.Shape}.");
        foreach (int number in numbers)
        {
            Require(number >= -1 && number < table.Shape[0], $"Row {number} was asked of a table of {table.Shape[0]} rows.");
        }

        int* kept = Take<int>(numbers.Length);
        numbers.CopyTo(new Span<int>(kept, numbers.Length));
        return Record(ReplaceRowsRule<T>.Instance, x.Shape, [x, table], kept: kept);
    }
}
