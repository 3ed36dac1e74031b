using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Strata.Learning.Trees.Growth;

namespace Strata.Learning.Trees.Boosting;

/// <summary>What an interrupted fit has to go on from.</summary>
/// <param name="Trees">As they were grown, round by round.</param>
/// <param name="BestValue">The best value of the metric to stop by.</param>
/// <param name="BestRound">Its round, or -1.</param>
/// <param name="BestScales">What the rounds counted for then; empty for one each.</param>
internal sealed record BoostingState(IReadOnlyList<GrownTree> Trees, double BestValue, int BestRound, double[] BestScales);

/// <summary>
/// Saves the trees from time to time and reads them back for a fit of the same recipe on the same rows with the same seed by the same build of the program: a
/// fingerprint of all that stands first, and whatever has another one is left alone.
/// </summary>
internal sealed class BoostingCheckpoints
{
    private readonly ICheckpointStore store;
    private readonly TimeProvider clock;
    private readonly TimeSpan every;
    private readonly byte[] fingerprint;
    private long lastSaved;

    private BoostingCheckpoints(ICheckpointStore store, TimeProvider clock, TimeSpan every, byte[] fingerprint)
    {
        (this.store, this.clock, this.every, this.fingerprint) = (store, clock, every, fingerprint);
        lastSaved = clock.GetTimestamp();
    }

    public static BoostingCheckpoints For(GradientBoosting recipe, string algorithm, TrainingTable table, FitContext context, GradientBoostingModel? start) =>
        new(context.Checkpoints!, context.Clock, context.CheckpointEvery, Fingerprint(recipe, algorithm, table, context, start));

    public void SaveIfDue(List<GrownTree> trees, int outputs, EarlyStop? stop, double[] bestScales)
    {
        if (!store.IsWanted && clock.GetElapsedTime(lastSaved) < every)
        {
            return;
        }

        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
        {
            writer.Write(fingerprint);
            writer.Write(outputs);
            writer.Write(stop?.Best ?? double.NaN);
            writer.Write(stop?.BestRound ?? -1);
            writer.Write(bestScales.Length);
            writer.Write(MemoryMarshal.AsBytes<double>(bestScales));
            writer.Write(trees.Count);
            foreach (GrownTree tree in trees)
            {
                writer.Write(tree.Nodes.Count);
                writer.Write(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(tree.Nodes)));
                for (int node = 0; node < tree.Nodes.Count; node++)
                {
                    writer.Write(tree.Values(node)[0]);
                }
            }
        }

        byte[] state = memory.ToArray();
        store.Save([.. SHA256.HashData(state), .. state]);
        lastSaved = clock.GetTimestamp();
    }

    /// <summary>The saved state, or null where there is none of this fit or it is damaged.</summary>
    public BoostingState? Load(int outputs)
    {
        byte[]? saved = store.Load();
        const int hash = SHA256.HashSizeInBytes;
        if (saved is null || saved.Length < 2 * hash || !saved.AsSpan(hash, hash).SequenceEqual(fingerprint) || !SHA256.HashData(saved.AsSpan(hash)).AsSpan().SequenceEqual(saved.AsSpan(0, hash)))
        {
            return null;
        }

        using var reader = new BinaryReader(new MemoryStream(saved, 2 * hash, saved.Length - 2 * hash));
        if (reader.ReadInt32() != outputs)
        {
            return null;
        }

        var (best, bestRound) = (reader.ReadDouble(), reader.ReadInt32());
        var bestScales = new double[reader.ReadInt32()];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(bestScales.AsSpan()));
        var trees = new GrownTree[reader.ReadInt32()];
        for (int i = 0; i < trees.Length; i++)
        {
            trees[i] = new GrownTree(1);
            var nodes = new GrownNode[reader.ReadInt32()];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(nodes.AsSpan()));
            foreach (GrownNode node in nodes)
            {
                trees[i].Add(node, [reader.ReadDouble()]);
            }
        }

        return new BoostingState(trees, best, bestRound, bestScales);
    }

    /// <summary>Everything that the model's bits depend on.</summary>
    private static byte[] Fingerprint(GradientBoosting recipe, string algorithm, TrainingTable table, FitContext context, GradientBoostingModel? start)
    {
        using var fingerprint = new FitFingerprint(new { algorithm, recipe, recipe.SoftmaxHessian }, table, context);
        if (start is not null)
        {
            fingerprint.Append(start.Trees.BaseScores);
            fingerprint.Append(start.Trees.Feature);
            fingerprint.Append(start.Trees.Threshold);
            fingerprint.Append(start.Trees.Value);
        }

        return fingerprint.End();
    }
}
