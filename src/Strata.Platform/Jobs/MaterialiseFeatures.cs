using System.Text.Json.Nodes;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Strata.Platform.Features;

namespace Strata.Platform.Jobs;

/// <summary>The job kind <c>materialise_features</c>: works out what was known of each entity, moment by moment.</summary>
public sealed class MaterialiseFeatures : IJobKind
{
    /// <summary>The output file with the values.</summary>
    internal const string ValuesFile = "values.frame";

    public string Name => FeatureStore.MaterialiseKind;

    public Task<JsonNode?> RunAsync(JobWork work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        work.Progress(5, "Reading the source");
        FeaturePlan plan = work.PayloadAs<FeaturePlan>("plan");
        Frame source;
        using (FileStream file = File.OpenRead(work.InputPath(FeatureStore.TableInput)))
        {
            source = FrameFile.Read(file);
        }

        work.Progress(20, "Working out the features");
        MaterialisedFeatures made = FeatureMaterialisation.Run(plan, source, cancellation);
        if (made.LeftOut > 0)
        {
            work.Log($"{made.LeftOut} of {source.RowCount} rows were left out: they have no time or no entity.");
        }

        work.Progress(80, "Storing the values");
        FrameFile.Write(work.OutputPath(ValuesFile), made.Values);
        return Task.FromResult<JsonNode?>(new JsonObject { ["rows"] = made.Values.RowCount, ["entities"] = made.Entities, ["left_out"] = made.LeftOut });
    }
}
