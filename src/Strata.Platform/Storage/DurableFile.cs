using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Strata.Platform.Storage;

/// <summary>
/// Files that are there whole, or not at all, after any crash or power loss. .NET's own flush reports success when Linux's fsync failed and it
/// cannot sync a folder, so both are called here directly and their results are checked.
/// </summary>
public static class DurableFile
{
    /// <summary>Replaces the file's content: temporary file, fsync, rename, fsync of the folder.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        string temporary = TemporaryBeside(path);
        try
        {
            DiskCalls.About("write");
            using (SafeFileHandle handle = File.OpenHandle(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                RandomAccess.Write(handle, content, 0);
                Sync(handle, temporary);
            }

            Publish(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The same for content that is too long to be held in memory.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        string temporary = TemporaryBeside(path);
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                write(file);
                file.Flush();
                Sync(file.SafeFileHandle, temporary);
            }

            Publish(temporary, path);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>A name in the same folder that no other writer uses.</summary>
    public static string TemporaryBeside(string path) => $"{path}.{NewId.Next()}.tmp";

    /// <summary>Moves a synced temporary file to its place, over an older one.</summary>
    public static void Publish(string temporary, string path)
    {
        DiskCalls.About("rename");
        File.Move(temporary, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(path)!);
    }

    /// <exception cref="IOException">The system could not say that the bytes are on the disk.</exception>
    public static void Sync(SafeFileHandle handle, string path)
    {
        DiskCalls.About("sync");
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(handle);
            return;
        }

        bool added = false;
        try
        {
            handle.DangerousAddRef(ref added);
            Sync((int)handle.DangerousGetHandle(), path);
        }
        finally
        {
            if (added)
            {
                handle.DangerousRelease();
            }
        }
    }

    /// <summary>Makes the names in a folder durable; Windows needs no such call.</summary>
    public static void SyncFolder(string folder)
    {
        DiskCalls.About("sync");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = Libc.Open(folder, Libc.ReadOnly);
        if (descriptor < 0)
        {
            throw Failed("open", folder);
        }

        try
        {
            Sync(descriptor, folder);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    private static void Sync(int descriptor, string path)
    {
        while (Libc.Fsync(descriptor) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
            {
                throw Failed("sync", path);
            }
        }
    }

    private static IOException Failed(string call, string path)
    {
        int error = Marshal.GetLastPInvokeError();
        return new IOException($"The system could not {call} '{path}': {Marshal.GetPInvokeErrorMessage(error)}.", error);
    }
}
