using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Strata.Learning.Neural.Optimizers;
using Strata.Tensors.Gradients;

namespace Strata.Learning.Neural.Training;

/// <summary>
/// Saves a training between two epochs and takes it up again for the same recipe, rows, seed and build of the program: weights, the optimizer's means, the best so far, the
/// mean of the weights, the plateau. Chance needs no saving, each epoch's being drawn from its number.
/// </summary>
internal sealed class NetworkCheckpoints
{
    private readonly FitContext context;
    private readonly Network network;
    private readonly Optimizer optimizer;
    private readonly BestWeights best;
    private readonly WeightAverage? average;
    private readonly Plateau? plateau;
    private readonly byte[] fingerprint;
    private long lastSaved;

    public NetworkCheckpoints(NetworkRecipe recipe, TrainingTable table, FitContext context, Network network, Optimizer optimizer, BestWeights best, WeightAverage? average, Plateau? plateau)
    {
        (this.context, this.network, this.optimizer, this.best, this.average, this.plateau) = (context, network, optimizer, best, average, plateau);
        using var all = new FitFingerprint(new { recipe.Algorithm, recipe = (object)recipe, start = recipe.Start?.Fingerprint }, table, context);
        fingerprint = all.End();
        lastSaved = context.Clock.GetTimestamp();
    }

    /// <param name="epochs">How many are over.</param>
    public void SaveIfDue(int epochs)
    {
        if (!context.Checkpoints!.IsWanted && context.Clock.GetElapsedTime(lastSaved) < context.CheckpointEvery)
        {
            return;
        }

        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
        {
            writer.Write(fingerprint);
            writer.Write(epochs);
            writer.Write(optimizer.Steps);
            writer.Write(best.Epoch);
            writer.Write(best.Loss);
            writer.Write(average?.Steps ?? 0);
            writer.Write(plateau?.Factor ?? 0);
            writer.Write(plateau?.Best ?? 0);
            writer.Write(plateau?.Waited ?? 0);
            foreach (Parameter<float> parameter in network.State)
            {
                writer.Write(MemoryMarshal.AsBytes(parameter.Values));
            }

            foreach (float[] values in optimizer.Memory.Concat(average?.Values ?? []).Concat(best.Kept ?? []))
            {
                writer.Write(MemoryMarshal.AsBytes<float>(values));
            }
        }

        byte[] state = memory.ToArray();
        context.Checkpoints!.Save([.. SHA256.HashData(state), .. state]);
        lastSaved = context.Clock.GetTimestamp();
    }

    /// <summary>Puts the saved training back and returns how many epochs are over; 0 where there is none of this fit, or it is damaged.</summary>
    public int Load()
    {
        const int hash = SHA256.HashSizeInBytes;
        byte[]? saved = context.Checkpoints!.Load();
        if (saved is null || saved.Length < 2 * hash || !saved.AsSpan(hash, hash).SequenceEqual(fingerprint) || !SHA256.HashData(saved.AsSpan(hash)).AsSpan().SequenceEqual(saved.AsSpan(0, hash)))
        {
            return 0;
        }

        using var reader = new BinaryReader(new MemoryStream(saved, 2 * hash, saved.Length - 2 * hash));
        int epochs = reader.ReadInt32();
        int steps = reader.ReadInt32();
        var (epoch, loss) = (reader.ReadInt32(), reader.ReadDouble());
        int averaged = reader.ReadInt32();
        average?.Resume(averaged);
        var (factor, lowest, waited) = (reader.ReadDouble(), reader.ReadDouble(), reader.ReadInt32());
        plateau?.Resume(factor, lowest, waited);
        foreach (Parameter<float> parameter in network.State)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(parameter.Values));
        }

        foreach (float[] values in optimizer.Memory.Concat(average?.Values ?? []))
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        float[][]? kept = epoch < 0 ? null : [.. network.State.Select(parameter => new float[parameter.Shape.Count])];
        foreach (float[] values in kept ?? [])
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        }

        optimizer.Resume(steps);
        best.Resume(epoch, loss, kept);
        return epochs;
    }
}
