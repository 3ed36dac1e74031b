using Strata.Learning;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>A checkpoint in one durable file: always the previous one or the new one, whole.</summary>
internal sealed class FileCheckpoint(string path) : ICheckpointStore
{
    private volatile bool isUsed;
    private volatile bool isWanted;

    /// <summary>Told when a checkpoint that was wanted is saved.</summary>
    public Action? WantedSaved { get; set; }

    /// <summary>Whether the work looks for checkpoints at all.</summary>
    public bool IsUsed => isUsed;

    public bool IsWanted
    {
        get => isWanted;
        set => isWanted = value;
    }

    public void Save(ReadOnlySpan<byte> state)
    {
        isUsed = true;
        DurableFile.Write(path, state);
        if (isWanted)
        {
            WantedSaved?.Invoke();
        }
    }

    public byte[]? Load()
    {
        isUsed = true;
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }
}
