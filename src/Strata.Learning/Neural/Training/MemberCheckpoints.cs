using System.Security.Cryptography;
using Strata.Learning.ModelFiles;
using Strata.Learning.Neural.Transfer;

namespace Strata.Learning.Neural.Training;

/// <summary>The checkpoints of an ensemble: those members that are trained as model files, and before them the checkpoint of the one that is training.</summary>
internal sealed class MemberCheckpoints : ICheckpointStore
{
    private readonly ICheckpointStore store;
    private readonly NetworkRecipe recipe;
    private readonly byte[] fingerprint;
    private readonly List<byte[]> finished = [];
    private byte[]? current;

    public MemberCheckpoints(NetworkRecipe recipe, TrainingTable table, FitContext context)
    {
        (this.recipe, store) = (recipe, context.Checkpoints!);
        INetworkStart? start = recipe.Start ?? TransferStart.Of(recipe, table.Features.Schema);
        using var all = new FitFingerprint(new { recipe.Algorithm, recipe = (object)recipe, start = start?.Fingerprint, ensemble = true }, table, context);
        fingerprint = all.End();
    }

    /// <summary>The members that were trained before an interruption.</summary>
    public List<NetworkModel> Load()
    {
        const int hash = SHA256.HashSizeInBytes;
        byte[]? saved = store.Load();
        if (saved is null || saved.Length < 2 * hash || !saved.AsSpan(hash, hash).SequenceEqual(fingerprint) || !SHA256.HashData(saved.AsSpan(hash)).AsSpan().SequenceEqual(saved.AsSpan(0, hash)))
        {
            return [];
        }

        using var reader = new BinaryReader(new MemoryStream(saved, 2 * hash, saved.Length - 2 * hash));
        for (int member = reader.ReadInt32(); member > 0; member--)
        {
            finished.Add(reader.ReadBytes(reader.ReadInt32()));
        }

        current = reader.ReadBytes(reader.ReadInt32());
        return [.. finished.Select(bytes => NetworkModel.ReadAs(recipe, ModelContainer.Read(new MemoryStream(bytes))))];
    }

    /// <summary>Takes note of a member that is trained; the next checkpoint keeps it.</summary>
    public void Enter(NetworkModel member)
    {
        var writer = new ModelWriter();
        member.Write(writer);
        using var file = new MemoryStream();
        ModelContainer.Write(file, writer);
        finished.Add(file.ToArray());
        current = null;
    }

    void ICheckpointStore.Save(ReadOnlySpan<byte> state)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory))
        {
            writer.Write(fingerprint);
            writer.Write(finished.Count);
            foreach (byte[] member in finished)
            {
                writer.Write(member.Length);
                writer.Write(member);
            }

            writer.Write(state.Length);
            writer.Write(state);
        }

        byte[] all = memory.ToArray();
        store.Save([.. SHA256.HashData(all), .. all]);
    }

    byte[]? ICheckpointStore.Load() => current;

    bool ICheckpointStore.IsWanted => store.IsWanted;
}
