using Shouldly;

namespace Strata.Server.Tests;

/// <summary>The folder that the tests' project is in.</summary>
internal static class Repository
{
    public static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Strata.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull("the tests run inside the project").FullName;
    }
}
