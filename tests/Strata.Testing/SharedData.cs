using Xunit;

namespace Strata.Testing;

/// <summary>Real tables that lie beside the repository, in <c>shared/data</c> of some directory above. Tests that need them are skipped where they are absent.</summary>
public static class SharedData
{
    /// <summary>The full path of a file such as <c>exoplanets/toi.csv</c>; skips the running test when it is not there.</summary>
    public static string Path(string name)
    {
        string? path = TryPath(name);
        Assert.SkipWhen(path is null, $"shared/data/{name} is not beside this repository.");
        return path!;
    }

    public static string? TryPath(string name)
    {
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string candidate = System.IO.Path.Combine(at.FullName, "shared", "data", name);
            if (File.Exists(candidate) || Directory.Exists(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
