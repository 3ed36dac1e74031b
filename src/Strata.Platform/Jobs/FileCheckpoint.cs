using Strata.Learning;
using Strata.Platform.Storage;

namespace Strata.Platform.Jobs;

/// <summary>A checkpoint in one durable file: always the previous one or the new one, whole.</summary>
internal sealed class FileCheckpoint(string path) : ICheckpointStore
{
    public void Save(ReadOnlySpan<byte> state) => DurableFile.Write(path, state);

    public byte[]? Load() => File.Exists(path) ? File.ReadAllBytes(path) : null;
}
