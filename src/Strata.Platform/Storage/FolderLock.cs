namespace Strata.Platform.Storage;

/// <summary>A lock file that the system releases when its holder dies, however it dies. Unlike a process id it is never reused by somebody else.</summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileStream file;

    private FolderLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, or null when somebody holds it.</summary>
    public static FolderLock? TryTake(string path)
    {
        try
        {
            // .NET takes flock(LOCK_EX | LOCK_NB) for FileShare.None and closes the descriptor in child processes.
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        using FolderLock? taken = TryTake(path);
        return taken is null;
    }

    public void Dispose() => file.Dispose();
}
