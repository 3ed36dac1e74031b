using Strata.Learning;
using Strata.Learning.Data;

namespace Strata.Cli;

/// <summary>A checkpoint in a folder, its parts as files beside one another: each whole or not there, whenever the program is killed.</summary>
internal sealed class FolderCheckpoint : ICheckpointStore
{
    private readonly string folder;
    private readonly string name;

    public FolderCheckpoint(string folder)
        : this(folder, "study") => Directory.CreateDirectory(folder);

    private FolderCheckpoint(string folder, string name) => (this.folder, this.name) = (folder, name);

    private string FilePath => Path.Join(folder, name);

    public void Save(ReadOnlySpan<byte> state)
    {
        byte[] bytes = state.ToArray();
        WholeFile.Write(FilePath, stream => stream.Write(bytes));
    }

    public byte[]? Load() => File.Exists(FilePath) ? File.ReadAllBytes(FilePath) : null;

    public ICheckpointStore Part(string name) => new FolderCheckpoint(folder, name);
}
