using Strata.Learning;
using Strata.Learning.Data;

namespace Strata.Platform.Deployments;

/// <summary>Predicted rows on their way to the log, and to the shadow models.</summary>
/// <param name="Serving">What was asked.</param>
/// <param name="Rows">Under the models' column names.</param>
/// <param name="Ids">The id of each row's prediction.</param>
/// <param name="At">When it was asked.</param>
/// <param name="UserId">Who asked, where that was said.</param>
public sealed record PredictedRows(ServingDeployment Serving, Frame Rows, IReadOnlyList<string> Ids, DateTimeOffset At, string? UserId)
{
    /// <summary>Files what a model said of the rows that belong to the sample.</summary>
    public void Log(ServedModel model, Predictions predictions, TimeSpan took, bool isShadow = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(predictions);
        bool isNumber = predictions.Task == LearningTask.Regression;
        var text = new RowText(Rows, model.Model.Signature.Features);
        for (int row = 0; row < predictions.RowCount; row++)
        {
            if (Serving.IsLogged(Ids[row]))
            {
                Serving.Log.Add(new PredictionEntry
                {
                    Id = Ids[row],
                    At = At,
                    ModelId = model.Stored.Id,
                    Revision = Serving.Deployment.Current.Number,
                    UserId = UserId,
                    IsShadow = isShadow,
                    Took = took,
                    Row = text.Of(row),
                    Class = isNumber ? null : predictions.Label(row),
                    Number = isNumber ? predictions.Values[row] : double.NaN,
                    Probabilities = predictions.Classes.Count > 0 ? predictions.Probabilities(row) : [],
                });
            }
        }
    }
}
