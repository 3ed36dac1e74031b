using System.Text;
using Shouldly;
using Xunit;

namespace Strata.Server.Tests.OpenApi;

public sealed class OpenApiDocumentTests
{
    /// <summary>Set to rewrite the committed document instead of comparing with it: <c>STRATA_REWRITE_OPENAPI=1</c>.</summary>
    private const string RewriteVariable = "STRATA_REWRITE_OPENAPI";

    [Fact]
    public async Task The_committed_document_is_the_one_the_routes_describe()
    {
        using var memory = new MemoryStream();
        await StrataServer.WriteOpenApi(memory, TestContext.Current.CancellationToken);
        string current = Encoding.UTF8.GetString(memory.ToArray()).ReplaceLineEndings("\n").TrimEnd() + "\n";
        string path = Path.Combine(Repository.Root(), "web", "openapi.json");
        if (Environment.GetEnvironmentVariable(RewriteVariable) == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, current, TestContext.Current.CancellationToken);
        }

        string committed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        (committed == current).ShouldBeTrue($"web/openapi.json is out of date: run these tests once with {RewriteVariable}=1, and generate the web client again.");
    }
}
