using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Server.OpenApi;

namespace Strata.Server.Datasets;

internal static class DatasetsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Upload).WithName("upload_dataset").TakesForm(
            new FormField("file", FormFieldKind.File, "CSV, TSV, JSON lines or Excel.", Required: true),
            new FormField("name", FormFieldKind.Text, "The dataset's name; the file's name when left out."),
            new FormField("types", FormFieldKind.Text, "A JSON object of column to type, for columns whose type shall not be inferred."));
        routes.MapGet("/", List).WithName("list_datasets");
        routes.MapGet("/{id}", Get).WithName("get_dataset");
        routes.MapGet("/{id}/rows", GetRows).WithName("get_dataset_rows");
        routes.MapGet("/{id}/profile", GetProfile).WithName("get_dataset_profile");
        routes.MapPost("/{id}/types", SetTypes).WithName("set_dataset_types");
        routes.MapGet("/{id}/file", GetFile).WithName("get_dataset_file").Produces<string>(StatusCodes.Status200OK, "application/octet-stream");
        routes.MapDelete("/{id}", Delete).WithName("delete_dataset");
    }

    /// <summary>Stores a table. The answer waits for it to be read; when that takes longer than a minute it is 202 and the status stays <c>reading</c>.</summary>
    internal static Task<Results<Created<DatasetView>, Accepted<DatasetView>>> Upload(HttpRequest request, CancellationToken cancellation) => throw new NotBuiltYet();

    /// <summary>The stored datasets, newest first.</summary>
    internal static Ok<Page<DatasetView>> List(int? offset, int? count) => throw new NotBuiltYet();

    /// <summary>One dataset.</summary>
    internal static Ok<DatasetView> Get(string id) => throw new NotBuiltYet();

    /// <summary>A window of its rows.</summary>
    internal static Ok<DatasetRows> GetRows(string id, int? offset, int? count) => throw new NotBuiltYet();

    /// <summary>What is in each column, with warnings about the ones to think about.</summary>
    internal static Ok<JsonElement> GetProfile(string id, string? target) => throw new NotBuiltYet();

    /// <summary>A new version of the dataset, read again from the original file with other types.</summary>
    internal static Task<Results<Created<DatasetView>, Accepted<DatasetView>>> SetTypes(string id, TypesRequest request) => throw new NotBuiltYet();

    /// <summary>The original file.</summary>
    internal static IResult GetFile(string id) => throw new NotBuiltYet();

    /// <summary>Deletes a dataset; refused while a job uses it.</summary>
    internal static NoContent Delete(string id) => throw new NotBuiltYet();
}
