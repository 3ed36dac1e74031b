using System.Text;
using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Sessions;
using Strata.Solutions.Exoplanets.Survey;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets.Sessions;

/// <summary>What tests of sessions share: a context without a network, and files made of simulated rows.</summary>
public abstract class SessionTests : IDisposable
{
    private readonly HttpClient http = new();

    private protected List<SessionProgress> Steps { get; } = [];

    private protected string Cache { get; } = Directory.CreateTempSubdirectory("strata-session").FullName;

    /// <summary>Quick to train.</summary>
    private protected static Dictionary<string, JsonNode?> Few { get; } = new() { ["trees"] = 30, ["learning_rate"] = 0.15 };

    public void Dispose()
    {
        http.Dispose();
        Directory.Delete(Cache, recursive: true);
        GC.SuppressFinalize(this);
    }

    private protected SessionContext Context(Uri? archive = null, CancellationToken? cancellation = null) => new()
    {
        Sources = new SourceContext { Http = http, CacheDirectory = Cache, ArchiveAddress = archive, Cancellation = cancellation ?? TestContext.Current.CancellationToken },
        Threads = 2,
        Progress = new Listener(Steps),
    };

    private protected static Frame Rows(Mission mission, int count, ulong seed = 1) => TransitSurvey.OfRows(mission, count, seed).Table();

    private protected static SessionFile FileOf(Frame table, string name = "mine.csv")
    {
        byte[] bytes = Encoding.UTF8.GetBytes(new SimulatedSurvey(Mission.Kepler).Text(table, 0));
        return new SessionFile(name, () => new MemoryStream(bytes));
    }

    private protected static SessionFile FileOf(string text) => new("mine.csv", () => new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private sealed class Listener(List<SessionProgress> steps) : IProgress<SessionProgress>
    {
        public void Report(SessionProgress value)
        {
            lock (steps)
            {
                steps.Add(value);
            }
        }
    }
}
