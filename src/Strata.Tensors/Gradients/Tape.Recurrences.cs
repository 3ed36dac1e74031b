using Strata.Tensors.Backends;
using Strata.Tensors.Gradients.Rules;

namespace Strata.Tensors.Gradients;

public sealed unsafe partial class Tape<T>
{
    /// <summary>A recurrent layer over all steps: what it remembers after each, [batch, steps, hidden], zero after a row's end. The last state is <see cref="LastSteps"/> of it.</summary>
    /// <param name="cell">What it does at a step.</param>
    /// <param name="x">[batch, steps, in].</param>
    /// <param name="weightInput">[gates * hidden, in], gates in PyTorch's order.</param>
    /// <param name="weightHidden">[gates * hidden, hidden].</param>
    /// <param name="biasInput">[gates * hidden]; null, as the other, for none.</param>
    /// <param name="biasHidden">[gates * hidden].</param>
    /// <param name="lengths">Steps of each row, 0 to all; empty where all have all.</param>
    /// <param name="isReversed">Whether rows are read from their last step to their first.</param>
    /// <param name="initialHidden">[batch, hidden], what is remembered at first; null for zeros.</param>
    /// <param name="initialCell">[batch, hidden], the state at first of an LSTM that has also the other; null for zeros.</param>
    public Variable<T> Recur(
        RecurrentCell cell, Variable<T> x, Variable<T> weightInput, Variable<T> weightHidden, Variable<T>? biasInput = null, Variable<T>? biasHidden = null,
        ReadOnlySpan<int> lengths = default, bool isReversed = false, Variable<T>? initialHidden = null, Variable<T>? initialCell = null)
    {
        Require(x.Shape.Dimensions == 3, $"A recurrent layer reads [batch, steps, in], not {x.Shape}.");
        int batch = x.Shape[0], width = x.Shape[2], hidden = weightHidden.Shape.Width, rows = cell.Gates() * hidden;
        Require(weightInput.Shape == new Shape(rows, width) && weightHidden.Shape == new Shape(rows, hidden),
            $"Weights {weightInput.Shape} and {weightHidden.Shape} are not those of {cell} cells for rows of {width}.");
        Require(biasInput is null == biasHidden is null, $"A recurrent layer has both biases or none.");
        Require(biasInput is null || (biasInput.Value.Shape == new Shape(rows) && biasHidden!.Value.Shape == new Shape(rows)),
            $"Biases {biasInput?.Shape} and {biasHidden?.Shape} do not fit {rows} rows of weights.");
        Require(initialCell is null || (cell == RecurrentCell.Lstm && initialHidden is not null), $"A first state beside what is remembered has a meaning for LSTM only.");
        Require(initialHidden is null || initialHidden.Value.Shape == new Shape(batch, hidden), $"What is remembered first, {initialHidden?.Shape}, is not [{batch}, {hidden}].");
        Require(initialCell is null || initialCell.Value.Shape == new Shape(batch, hidden), $"The first state, {initialCell?.Shape}, is not [{batch}, {hidden}].");
        int* ownLengths = KeepLengths(lengths, batch, x.Shape[1]);
        Span<Variable<T>> all = [x, weightInput, weightHidden, x, x, x, x];
        int count = 3;
        foreach (Variable<T>? further in (ReadOnlySpan<Variable<T>?>)[biasInput, biasHidden, initialHidden, initialCell])
        {
            if (further is Variable<T> given)
            {
                all[count++] = given;
            }
        }

        var memory = Take<RecurRule<T>.Memory>(1);
        *memory = new RecurRule<T>.Memory((nint)ownLengths, 0);
        int initials = initialHidden is null ? 0 : initialCell is null ? 1 : 2;
        return Record(RecurRule<T>.Instance, new Shape(batch, x.Shape[1], hidden), all[..count], RecurRule<T>.Of(cell, isReversed, biasInput is not null, initials), memory);
    }

    /// <summary>Each row's last step, or with <paramref name="isReversed"/> its first: where a recurrent layer ends. Rows without steps give zeros.</summary>
    /// <param name="x">[batch, steps, width].</param>
    /// <param name="lengths">Steps of each row; empty where all have all.</param>
    /// <param name="isReversed">Whether the layer read from the end.</param>
    public Variable<T> LastSteps(Variable<T> x, ReadOnlySpan<int> lengths = default, bool isReversed = false)
    {
        Require(x.Shape.Dimensions == 3, $"Steps are taken from [batch, steps, width], not from {x.Shape}.");
        int batch = x.Shape[0], steps = x.Shape[1];
        int* own = KeepLengths(lengths, batch, steps), which = Take<int>(batch);
        for (int row = 0; row < batch; row++)
        {
            int length = own is null ? steps : own[row];
            which[row] = isReversed && length > 0 ? 0 : length - 1;
        }

        return Record(StepOfRowsRule<T>.Instance, new Shape(batch, x.Shape[2]), [x], kept: which);
    }

    /// <summary>A copy that lives as long as the step; null for none.</summary>
    private int* KeepLengths(ReadOnlySpan<int> lengths, int batch, int steps)
    {
        if (lengths.IsEmpty)
        {
            return null;
        }

        Require(lengths.Length == batch, $"There are {lengths.Length} lengths for {batch} rows.");
        foreach (int length in lengths)
        {
            Require(length >= 0 && length <= steps, $"A row of {length} steps is not within 0 to {steps}.");
        }

        int* own = Take<int>(batch);
        lengths.CopyTo(new Span<int>(own, batch));
        return own;
    }
}
