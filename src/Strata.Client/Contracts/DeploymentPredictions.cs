using System.Text.Json;

namespace Strata.Client.Contracts;

/// <summary>Rows for a deployment to predict.</summary>
/// <param name="Rows">Column to value (number, text, true, false or null) for each row.</param>
/// <param name="UserId">Whose rows these are: the same user is answered by the same model as long as the weights stay.</param>
/// <param name="Explain">Whether to say how much each column moved each prediction.</param>
/// <param name="Mapping">The table's column for a model's column, where the names differ.</param>
/// <param name="Reasons">How to explain; giving it asks for reasons too.</param>
/// <param name="Keep">For an answer as CSV: columns of the rows that stand beside the answers; null for those that the training set aside and that tell rows apart.</param>
public sealed record DeploymentPredictionRequest(
    IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Rows,
    string? UserId = null,
    bool Explain = false,
    IReadOnlyDictionary<string, string>? Mapping = null,
    ReasonRequest? Reasons = null,
    IReadOnlyList<string>? Keep = null);

/// <summary>What a deployment says about some rows.</summary>
/// <param name="Deployment">Its name.</param>
/// <param name="Revision">Which revision of it answered.</param>
/// <param name="ModelId">Which model answered.</param>
/// <param name="PredictionIds">The id of each row's prediction, by which its outcome can be told later.</param>
/// <param name="Items">In the order of the rows.</param>
/// <param name="Notes">What was repaired or assumed on the way.</param>
/// <param name="ReasonsBasis">How the reasons were worked out; null when they were not asked for.</param>
public sealed record DeploymentPredictions(
    string Deployment, int Revision, string ModelId, IReadOnlyList<string> PredictionIds, IReadOnlyList<Prediction> Items, IReadOnlyList<string> Notes, ExplanationBasis? ReasonsBasis = null);

/// <summary>What turned out to be true.</summary>
public sealed record OutcomesRequest(IReadOnlyList<OutcomeRequest> Outcomes);

/// <summary>What turned out to be true of one prediction.</summary>
/// <param name="PredictionId">The id that the prediction's answer carried.</param>
/// <param name="Outcome">The class or the number.</param>
public sealed record OutcomeRequest(string PredictionId, JsonElement Outcome);

/// <summary>What became of outcomes that were sent.</summary>
/// <param name="Recorded">How many predictions now have one.</param>
/// <param name="Unknown">Ids that the log does not hold.</param>
public sealed record OutcomeReceipt(int Recorded, IReadOnlyList<string> Unknown);

/// <summary>A prediction as the log holds it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="At">When it was made.</param>
/// <param name="ModelId">By which model.</param>
/// <param name="Revision">Under which revision of the deployment.</param>
/// <param name="UserId">For whom, or null.</param>
/// <param name="Shadow">Whether it was made beside another one and never answered.</param>
/// <param name="Milliseconds">How long the whole request took.</param>
/// <param name="Row">What was asked.</param>
/// <param name="Value">What was predicted.</param>
/// <param name="Probabilities">By class in the model's order; empty where there are none.</param>
public sealed record LoggedPredictionView(
    string Id, DateTimeOffset At, string ModelId, int Revision, string? UserId, bool Shadow, double Milliseconds, IReadOnlyDictionary<string, JsonElement> Row,
    [property: System.Text.Json.Serialization.JsonPropertyName("prediction")] PredictedValue Value, IReadOnlyList<double> Probabilities);
