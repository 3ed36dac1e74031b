using Strata.Learning;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>A checkpoint in one durable file, always the previous one or the new one, whole; and those of its parts, a file each in a folder beside.</summary>
internal sealed class FileCheckpoint(string path, FileCheckpoint? whole = null) : ICheckpointStore
{
    private volatile bool isUsed;
    private volatile bool isWanted;

    /// <summary>Told when a checkpoint that was wanted is saved.</summary>
    public Action? WantedSaved { get; set; }

    /// <summary>Whether the work looks for checkpoints at all.</summary>
    public bool IsUsed => isUsed;

    public bool IsWanted
    {
        get => whole?.IsWanted ?? isWanted;
        set => isWanted = value;
    }

    /// <summary>Where the parts of a checkpoint are.</summary>
    public static string PartsFolderOf(string path) => $"{path}-parts";

    public void Save(ReadOnlySpan<byte> state)
    {
        isUsed = true;
        DurableFile.Write(path, state);
        FileCheckpoint waitedFor = whole ?? this;
        if (waitedFor.isWanted)
        {
            waitedFor.WantedSaved?.Invoke();
        }
    }

    public byte[]? Load()
    {
        isUsed = true;
        return File.Exists(path) ? File.ReadAllBytes(path) : null;
    }

    public ICheckpointStore Part(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-'))
        {
            throw new ArgumentException($"'{name}' is no name for a part of a checkpoint; it takes letters, digits and hyphens.", nameof(name));
        }

        isUsed = true;
        string folder = Directory.CreateDirectory(PartsFolderOf(path)).FullName;
        return new FileCheckpoint(Path.Join(folder, name), this);
    }
}
