using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Platform.Datasets;

namespace Strata.Platform.Jobs;

/// <summary>The job kind <c>read_dataset</c>: reads an uploaded file away from the server, which a hostile file could otherwise bring down.</summary>
public sealed class ReadDataset : IJobKind
{
    public string Name => DatasetLibrary.ReadKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        using FileStream file = File.OpenRead(work.InputPath("original"));
        string fileName = work.Payload["file_name"]?.GetValue<string>() ?? "table";
        return Task.FromResult<JsonNode?>(TableIntake.Read(work, file, fileName, work.PayloadAs<Dictionary<string, ColumnType>>("types"), cancellation));
    }
}
