using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Server.Deployments;
using Strata.Server.Models;
using Strata.Server.Safety;

namespace Strata.Server.Surfaces.TrainingPlatform;

/// <summary>Predictions by a model's id or a test's name. What a deployment serves is asked there, so that it is counted and logged.</summary>
internal static class DeployedModelPrediction
{
    /// <summary>Predicts one row or several.</summary>
    internal static async Task<Ok<ModelPredictionView>> Answer(ModelPredictionRequest request, HttpContext context, Caller caller, StrataPlatform platform, TimeProvider clock)
    {
        if (request.ModelId is null == request.AbTestName is null)
        {
            throw new DataException("Expected either model_id or ab_test_name.");
        }

        var asked = new PredictionRequest(Rows(request.Features));
        if (request.AbTestName is string test)
        {
            caller.Require(Role.Viewer, Thing.AbTest, test, platform);
            return TypedResults.Ok(Told(request, await DeploymentPrediction.Of(test, asked, request.UserId, context, platform, clock).ConfigureAwait(false), platform));
        }

        caller.Require(Role.Viewer, Thing.Model, request.ModelId!, platform);
        StoredModel stored = platform.Models.Get(request.ModelId!);
        return TypedResults.Ok(ServedAlone(stored, platform) is string deployment
            ? Told(request, await DeploymentPrediction.Of(deployment, asked, request.UserId, context, platform, clock).ConfigureAwait(false), platform)
            : Unserved(request, asked, stored, platform));
    }

    private static IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> Rows(JsonElement features) => features.ValueKind switch
    {
        JsonValueKind.Object => [Row(features)],
        JsonValueKind.Array when features.EnumerateArray().All(row => row.ValueKind == JsonValueKind.Object) => [.. features.EnumerateArray().Select(Row)],
        _ => throw new DataException("features is neither an object of column and value nor a list of such objects."),
    };

    private static Dictionary<string, JsonElement> Row(JsonElement row)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty value in row.EnumerateObject())
        {
            values[value.Name] = value.Value;
        }

        return values;
    }

    /// <summary>The deployment of the model's project that answers with it and no other; null for none.</summary>
    private static string? ServedAlone(StoredModel model, StrataPlatform platform) => platform.Deployments.InMemory
        .Select(serving => serving.Deployment)
        .Where(deployment => deployment.Project == model.Project && deployment.Current.Plan.Models.Where(served => !served.IsShadow).Select(served => served.ModelId).SequenceEqual([model.Id]))
        .Select(deployment => deployment.Name)
        .Order(StringComparer.Ordinal)
        .FirstOrDefault();

    private static ModelPredictionView Told(ModelPredictionRequest request, DeploymentPredictions answer, StrataPlatform platform) =>
        View(request, answer.ModelId, answer.Items, answer.PredictionIds, answer.Notes, platform.Models.Get(answer.ModelId).Classes);

    private static ModelPredictionView Unserved(ModelPredictionRequest request, PredictionRequest asked, StoredModel stored, StrataPlatform platform)
    {
        IModel model = platform.Models.Load(stored);
        PredictionOrder order = PredictionOrder.Of(asked, model.Signature);
        ModelsEndpoints.CheckSize(order, wantsCsv: false);
        ConformedFrame rows = model.Signature.Features.ConformWithNotes(order.Rows);
        Predictions predictions = SingleRow.Predict(model, rows.Frame) ?? model.Predict(rows.Frame, platform.Options.ThreadsPerJob);
        PredictionList list = predictions.View(order.Rows, null, [.. order.Notes, .. rows.Notes]);
        return View(request, stored.Id, list.Items, [], list.Notes, stored.Classes);
    }

    private static ModelPredictionView View(
        ModelPredictionRequest request, string modelId, IReadOnlyList<Prediction> predictions, IReadOnlyList<string> ids, IReadOnlyList<string> notes, IReadOnlyList<string> classes)
    {
        PredictedValue[] values = [.. predictions.Select(prediction => prediction.Value)];
        double[][] probabilities = [.. predictions.Select(prediction => classes.Select(name => prediction.Probabilities.GetValueOrDefault(name)).ToArray())];
        bool isOne = request.Features.ValueKind == JsonValueKind.Object;
        return new ModelPredictionView(
            modelId,
            request.AbTestName,
            isOne ? Element(values[0]) : Element(values),
            classes.Count == 0 ? null : isOne ? Element(probabilities[0]) : Element(probabilities),
            classes,
            ids,
            notes);
    }

    private static JsonElement Element<T>(T value) => JsonSerializer.SerializeToElement(value, WireJson.Options);
}
