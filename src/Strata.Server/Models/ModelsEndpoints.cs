using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Models;
using Strata.Server.Forms;
using Strata.Server.OpenApi;
using Strata.Server.Safety;

namespace Strata.Server.Models;

internal static class ModelsEndpoints
{
    private const int MostJsonRows = 100_000;
    internal const int MostExplainedRows = 5000;

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_models").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_model").Needs(Role.Viewer, Thing.Model);
        routes.MapGet("/{id}/file", GetFile).WithName("get_model_file").Needs(Role.Viewer, Thing.Model).Produces<string>(StatusCodes.Status200OK, "application/octet-stream");
        routes.MapDelete("/{id}", Delete).WithName("delete_model").Needs(Role.Trainer, Thing.Model);
        routes.MapPost("/{id}/predictions", Predict).WithName("predict").Needs(Role.Viewer, Thing.Model)
            .TakesFormOrJson<PredictionRequest>([
                new FormField("file", FormFieldKind.File, "A table, series, arrays, an image or a zip archive, as for datasets.", Required: true),
                new FormField("explain", FormFieldKind.Boolean, "Whether to say how much each column moved each prediction."),
                new FormField("reasons", FormFieldKind.Text, "A JSON object that says how to explain: method, background_dataset_id, background_rows, interactions, evaluations."),
                new FormField("mapping", FormFieldKind.Text, "A JSON object of model column to the table's column, where the names differ."),
                new FormField("keep", FormFieldKind.Text, "A JSON array of the table's columns that stand beside the answers; those that the training set aside and that tell rows apart when left out."),
                .. LayoutFields.All])
            .Produces<PredictionList>(StatusCodes.Status200OK, "application/json", "text/csv");
        routes.MapPost("/{id}/explanations", Explain).WithName("explain_model").Needs(Role.Viewer, Thing.Model);
    }

    /// <summary>The models, newest first.</summary>
    internal static Ok<Client.Contracts.Page<ModelView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Models.List(paging.Offset, paging.Count, caller.Projects).View(ModelsViews.View));
    }

    /// <summary>One model.</summary>
    internal static Ok<ModelView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Models.Get(id).View());

    /// <summary>The model file.</summary>
    internal static IResult GetFile(string id, HttpContext context, StrataPlatform platform)
    {
        StoredModel model = platform.Models.Get(id);
        return Downloads.File(context, platform.Models.OpenFile(id), $"{model.Name}.strata");
    }

    /// <summary>Deletes a model.</summary>
    internal static async Task<NoContent> Delete(string id, StrataPlatform platform)
    {
        await platform.Models.DeleteAsync(id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>Predicts rows given as JSON or as a file; <c>Accept: text/csv</c> answers a CSV.</summary>
    internal static async Task<IResult> Predict(string id, HttpRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        StoredModel stored = platform.Models.Get(id);
        IModel model = platform.Models.Load(stored);
        PredictionOrder order = await PredictionOrder.Read(request, model.Signature, stored.Project, platform, options, cancellation).ConfigureAwait(false);
        ConformedFrame rows = model.Signature.Features.ConformWithNotes(order.Rows);
        bool wantsCsv = WantsCsv(request);
        CheckSize(order, wantsCsv);
        Frame kept = order.KeptFor(stored, model.Signature, platform);
        Predictions predictions = SingleRow.Predict(model, rows.Frame) ?? model.Predict(rows.Frame, platform.Options.ThreadsPerJob);
        if (wantsCsv)
        {
            return Downloads.Csv(request.HttpContext, PredictionTable.Of(predictions).Beside(kept), $"{stored.Name} predictions.csv");
        }

        caller.RequireNamed(Role.Viewer, Thing.Dataset, order.Reasons?.BackgroundDatasetId, platform);
        AskedReasons? reasons = order.Reasons is ReasonRequest asked ? AskedReasons.Of(asked, stored, model, rows.Frame, platform, cancellation) : null;
        return TypedResults.Ok(predictions.View(order.Rows, reasons, [.. order.Notes, .. rows.Notes], kept));
    }

    /// <summary>Says how much each column moved each score of some rows (SHAP values), or what matters to the model on the whole.</summary>
    internal static Ok<ExplanationView> Explain(string id, ExplanationRequest request, Caller caller, StrataPlatform platform, CancellationToken cancellation)
    {
        caller.RequireNamed(Role.Viewer, Thing.Dataset, request.DatasetId, platform);
        caller.RequireNamed(Role.Viewer, Thing.Dataset, request.BackgroundDatasetId, platform);
        StoredModel stored = platform.Models.Get(id);
        return TypedResults.Ok(new ExplainedModel(stored, platform.Models.Load(stored), platform).Answer(request, cancellation));
    }

    internal static bool WantsCsv(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? accepted)
        && accepted.OrderByDescending(type => type.Quality ?? 1).FirstOrDefault()?.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase) == true;

    internal static void CheckSize(PredictionOrder order, bool wantsCsv)
    {
        if (!wantsCsv && order.Rows.RowCount > MostJsonRows)
        {
            throw new DataException($"The table has {order.Rows.RowCount} rows; at most {MostJsonRows} are answered as JSON. Ask for text/csv, or send fewer at a time.");
        }

        if (order.Reasons is not null && order.Rows.RowCount > MostExplainedRows)
        {
            throw new DataException($"The table has {order.Rows.RowCount} rows; at most {MostExplainedRows} are explained at a time. Send fewer, or ask without reasons.");
        }
    }
}
