using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Platform.Datasets;
using Strata.Platform.Models;
using Strata.Platform.Runs;
using Strata.Solutions;

namespace Strata.Platform.Deployments;

/// <summary>Rows that a model was tested on when it was trained: what new rows are compared with, and what it is warmed up by.</summary>
/// <param name="Rows">Under the model's own column names and types.</param>
/// <param name="Tested">What was predicted of each, and what was true.</param>
public sealed record ReferenceRows(Frame Rows, TestedRowPage Tested)
{
    /// <summary>Null for a model that no run of this platform has trained.</summary>
    public static ReferenceRows? Of(RunHistory runs, StoredModel model, int most)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(model);
        if (model.RunId is null || runs.Artifacts(model.RunId).All(artifact => artifact.Name != TestedRowFiles.FileName))
        {
            return null;
        }

        TestedRowPage tested;
        Frame table;
        using (Stream file = runs.OpenArtifact(model.RunId, TestedRowFiles.FileName))
        {
            tested = TestedRowFiles.Read(file, 0, most);
        }

        using (Stream file = runs.OpenArtifact(model.RunId, TestedRowFiles.FileName))
        {
            Frame stored = FrameFile.Read(file, 0, most);
            table = new Frame(stored.Columns.TakeLast(tested.Columns.Count).Zip(tested.Columns, (column, name) => column.Named(name)));
        }

        Frame prepared = PlannedTraining.PrepareLike(new ModelCard { Preset = model.Preset }, table);
        return new ReferenceRows(new Schema(model.Features).Conform(prepared), tested);
    }
}
