using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Strata.Client.Contracts;

namespace Strata.Server.Tests.Surfaces;

/// <summary>
/// The <c>curl</c> lines of a guide, carried out in their order. A comment <c># "member" of the answer is $NAME below</c> keeps a part of an answer, and a request that
/// names a job with GET waits for it first.
/// </summary>
internal sealed partial class GuideRequests(string guide, string table)
{
    private readonly Dictionary<string, string> known = new(StringComparer.Ordinal);

    /// <summary>How many requests have been sent.</summary>
    public int Count { get; private set; }

    public async Task Run(RunningServer server, CancellationToken cancellation)
    {
        string text = await File.ReadAllTextAsync(Path.Join(RepositoryRoot(), "docs", "guide", guide), cancellation);
        foreach (Match block in Blocks().Matches(text))
        {
            await Send(server, block.Groups[1].Value, cancellation);
        }
    }

    private async Task Send(RunningServer server, string block, CancellationToken cancellation)
    {
        string path = Known(Address().Match(block).Groups[1].Value);
        using HttpResponseMessage answer = Body().Match(block) is { Success: true } body
            ? await server.Http.PostAsync(path, new StringContent(Known(body.Groups[1].Value), Encoding.UTF8, "application/json"), cancellation)
            : Fields().Matches(block) is { Count: > 0 } fields ? await server.Http.PostAsync(path, Form(fields), cancellation)
            : await Get(server, path, cancellation);
        string told = await answer.Content.ReadAsStringAsync(cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue($"{block}\n{(int)answer.StatusCode} {told}");
        Count++;
        foreach (Match kept in Keeps().Matches(block))
        {
            string value = JsonDocument.Parse(told).RootElement.GetProperty(kept.Groups[1].Value).ToString();
            value.ShouldNotBeEmpty($"{block}\n{told}");
            known[kept.Groups[2].Value] = value;
        }
    }

    private static async Task<HttpResponseMessage> Get(RunningServer server, string path, CancellationToken cancellation)
    {
        if (Job().Match(path) is { Success: true } job)
        {
            JobView ended = await server.Client.WaitAsync(job.Groups[1].Value, null, cancellation);
            ended.Status.ShouldBe(JobStatus.Completed, $"{path}: {ended.Error}");
        }

        return await server.Http.GetAsync(path, cancellation);
    }

    private MultipartFormDataContent Form(MatchCollection fields)
    {
        var form = new MultipartFormDataContent();
        foreach (Match field in fields)
        {
            (string name, string value) = (field.Groups[1].Value, field.Groups[2].Value);
            if (value.StartsWith('@'))
            {
                form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(table)), name, value[1..]);
            }
            else
            {
                form.Add(new StringContent(Known(value)), name);
            }
        }

        return form;
    }

    private string Known(string text) => Variable().Replace(text, name => known.GetValueOrDefault(name.Groups[1].Value) ?? throw new KeyNotFoundException($"The guide names ${name.Groups[1].Value} before it is known."));

    private static string RepositoryRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Strata.slnx")))
        {
            folder = folder.Parent;
        }

        return folder.ShouldNotBeNull("the tests run inside the project").FullName;
    }

    [GeneratedRegex("```sh\n(curl [^`]*)```", RegexOptions.NonBacktracking)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"\$STRATA(/[^\s""]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Address();

    [GeneratedRegex("<<EOF\n((?:.|\n)*)\nEOF", RegexOptions.NonBacktracking)]
    private static partial Regex Body();

    [GeneratedRegex(@"-F (\w+)=(\S+)", RegexOptions.NonBacktracking)]
    private static partial Regex Fields();

    [GeneratedRegex(@"# ""(\w+)"" of the answer is \$(\w+) below", RegexOptions.NonBacktracking)]
    private static partial Regex Keeps();

    [GeneratedRegex(@"/models/(?:train|tune|compare)/(\w+)$", RegexOptions.NonBacktracking)]
    private static partial Regex Job();

    [GeneratedRegex(@"\$([A-Z]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
