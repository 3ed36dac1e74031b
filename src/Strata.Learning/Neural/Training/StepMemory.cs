using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Training;

/// <summary>How many rows go through a network at once, by the memory that its largest row takes.</summary>
internal static class StepMemory
{
    /// <summary>At least 1 row, at most <paramref name="most"/>.</summary>
    /// <param name="bytes">For all rows of a step.</param>
    /// <param name="network">What they go through.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="tape">Whether it records tells whether gradients will be needed too.</param>
    /// <param name="most">Rows that are wanted.</param>
    public static int RowsWithin(long bytes, Network network, EncodedRows rows, Tape<float> tape, int most)
    {
        // The rows of a table are short.
        if (rows.Arrays.Count == 0 || most <= 1)
        {
            return Math.Max(1, most);
        }

        int largest = 0;
        for (int row = 1; row < rows.Count; row++)
        {
            largest = rows.SizeOf(row) > rows.SizeOf(largest) ? row : largest;
        }

        var batch = new Batch(rows, 1);
        batch.Fill(rows, [largest], random: null);
        tape.Reset();
        network.Apply(batch, new Pass(tape, null));
        long ofOne = tape.UsedBytes * (tape.IsRecording ? 2 : 1);
        tape.Reset();
        return (int)Math.Clamp(bytes / Math.Max(1, ofOne), 1, most);
    }
}
