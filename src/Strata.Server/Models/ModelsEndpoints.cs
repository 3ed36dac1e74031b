using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Models;
using Strata.Server.OpenApi;

namespace Strata.Server.Models;

internal static class ModelsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_models");
        routes.MapGet("/{id}", Get).WithName("get_model");
        routes.MapGet("/{id}/file", GetFile).WithName("get_model_file").Produces<string>(StatusCodes.Status200OK, "application/octet-stream");
        routes.MapDelete("/{id}", Delete).WithName("delete_model");
        routes.MapPost("/{id}/predictions", Predict).WithName("predict")
            .TakesFormOrJson<PredictionRequest>(
                    new FormField("file", FormFieldKind.File, "CSV, TSV, JSON lines or Excel.", Required: true),
                new FormField("explain", FormFieldKind.Boolean, "Whether to say how much each column moved each prediction."),
                new FormField("mapping", FormFieldKind.Text, "A JSON object of model column to the table's column, where the names differ."))
            .Produces<PredictionList>(StatusCodes.Status200OK, "application/json", "text/csv");
    }

    /// <summary>The models, newest first.</summary>
    internal static Ok<Client.Contracts.Page<ModelView>> List(int? offset, int? count, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Models.List(paging.Offset, paging.Count).View(ModelsViews.View));
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
    internal static Task<IResult> Predict(string id, HttpRequest request, StrataPlatform platform, CancellationToken cancellation) => throw new NotBuiltYet();
}
