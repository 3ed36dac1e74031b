using Strata.Learning.Neural.Inputs;
using Strata.Learning.Neural.Layers;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Training;

/// <summary>Raw scores of many rows, as many at a time as a bound on memory allows.</summary>
internal static class NetworkScores
{
    private const int MostRows = 1024;
    private const long MostBytes = 256L << 20;

    /// <summary>[rows, outputs].</summary>
    /// <param name="network">What rows go through.</param>
    /// <param name="rows">All rows.</param>
    /// <param name="outputs">Raw scores of a row.</param>
    /// <param name="tape">Takes the operations.</param>
    /// <param name="thinned">Which of the networks that dropout stands for; null for their mean.</param>
    /// <param name="cancellation">Looked at between batches.</param>
    public static float[] Of(Network network, EncodedRows rows, int outputs, Tape<float> tape, ThinnedNetwork? thinned = null, CancellationToken cancellation = default)
    {
        tape.IsRecording = false;
        var scores = new float[rows.Count * outputs];
        int most = StepMemory.RowsWithin(MostBytes, network, rows, tape, Math.Min(MostRows, rows.Count));
        var batch = new Batch(rows, most);
        Span<int> some = stackalloc int[MostRows];
        for (int start = 0; start < rows.Count; start += most)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(most, rows.Count - start);
            for (int i = 0; i < count; i++)
            {
                some[i] = start + i;
            }

            batch.Fill(rows, some[..count], random: null);
            tape.Reset();
            thinned?.Begin();
            network.Apply(batch, new Pass(tape, null) { Thinned = thinned }).Values.CopyTo(scores.AsSpan(start * outputs));
        }

        tape.Reset();
        return scores;
    }
}
