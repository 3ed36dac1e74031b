using Strata.Learning.Data;
using Strata.Learning.Trees.Scoring;
using Strata.Tensors.Kernels;

namespace Strata.Learning.Trees;

/// <summary>Scores many rows: block by block, so that a block's values and then one tree after the other stay in the cache.</summary>
internal static unsafe class EnsembleScorer
{
    /// <summary>Fewer rows are not worth the compiled form.</summary>
    private const int FewRows = 64;

    /// <summary>Raw scores, row-major [rows, outputs]. The frame has the ensemble's columns in order, at least.</summary>
    public static double[] Score(TreeEnsemble trees, Frame frame, int threads)
    {
        int outputs = trees.OutputCount;
        var scores = new double[frame.RowCount * outputs];
        if (frame.RowCount < FewRows || trees.Compiled is not CompiledTrees compiled)
        {
            ScoreRows(trees, frame, scores);
            return scores;
        }

        for (int row = 0; row < frame.RowCount; row++)
        {
            trees.BaseScores.CopyTo(scores, row * outputs);
        }

        AddBlocks(compiled, frame, outputs, scores, threads);
        return scores;
    }

    private static void AddBlocks(CompiledTrees compiled, Frame frame, int outputs, double[] scores, int threads)
    {
        int blockRows = compiled.BlockRows, blocks = (frame.RowCount + blockRows - 1) / blockRows;
        using var team = new ThreadTeam(Math.Clamp(threads, 1, Math.Max(1, blocks / 4)));
        var memory = new AlignedBuffer<byte>?[team.Size];
        team.Run(blocks, (block, member) =>
        {
            AlignedBuffer<byte> room = memory[member] ??= new AlignedBuffer<byte>(compiled.RoomBytes);
            int from = block * blockRows, count = Math.Min(blockRows, frame.RowCount - from);
            compiled.Add(frame, from, count, room.Pointer, scores.AsSpan(from * outputs, count * outputs));
        });
        foreach (AlignedBuffer<byte>? room in memory)
        {
            room?.Dispose();
        }
    }

    private static void ScoreRows(TreeEnsemble trees, Frame frame, double[] scores)
    {
        var values = new double[trees.FeatureCount];
        for (int row = 0; row < frame.RowCount; row++)
        {
            for (int feature = 0; feature < values.Length; feature++)
            {
                values[feature] = frame.Columns[feature] is { HasNumbers: true } column ? column.NumberAt(row) : double.NaN;
            }

            trees.Score(values, scores.AsSpan(row * trees.OutputCount, trees.OutputCount));
        }
    }
}
