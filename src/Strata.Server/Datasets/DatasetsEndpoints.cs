using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Server.Forms;
using Strata.Server.Jobs;
using Strata.Server.OpenApi;
using Strata.Server.Repeats;
using Strata.Server.Safety;
using ColumnType = Strata.Client.Contracts.ColumnType;
using DatasetRows = Strata.Client.Contracts.DatasetRows;

namespace Strata.Server.Datasets;

internal static class DatasetsEndpoints
{
    /// <summary>What one answer holds, however wide the table is.</summary>
    private const int MostCells = 1_000_000;

    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapPost("/", Upload).WithName("upload_dataset").Makes().Needs(Role.Trainer).TakesForm([
            new FormField("file", FormFieldKind.File, "A table (CSV, TSV, JSON lines, Excel), series (.ts), NumPy arrays (.npy, .npz), IDX, or a zip archive of images, point clouds, or a table and the files it names.", Required: true),
            new FormField("name", FormFieldKind.Text, "The dataset's name; the file's name when left out."),
            new FormField("project", FormFieldKind.Text, "The id or name of the project that it goes to; the usual one when left out."),
            new FormField("types", FormFieldKind.Text, "A JSON object of column to type, for columns whose type shall not be inferred."),
            .. LayoutFields.All]);
        routes.MapGet("/", List).WithName("list_datasets").ForUsers();
        routes.MapGet("/{id}", Get).WithName("get_dataset").Needs(Role.Viewer, Thing.Dataset);
        routes.MapGet("/{id}/rows", GetRows).WithName("get_dataset_rows").Needs(Role.Viewer, Thing.Dataset);
        routes.MapGet("/{id}/profile", GetProfile).WithName("get_dataset_profile").Needs(Role.Viewer, Thing.Dataset);
        routes.MapPost("/{id}/types", SetTypes).WithName("set_dataset_types").Makes().Needs(Role.Trainer, Thing.Dataset);
        routes.MapPost("/{id}/derive", Derive).WithName("derive_dataset").Makes().Needs(Role.Trainer, Thing.Dataset)
            .Example(new DerivationRequest([new StepRequest("impute"), new StepRequest("outliers", new Dictionary<string, System.Text.Json.JsonElement> { ["action"] = System.Text.Json.JsonSerializer.SerializeToElement("drop") })], Target: "churned"));
        routes.MapGet("/{id}/file", GetFile).WithName("get_dataset_file").Needs(Role.Viewer, Thing.Dataset).Produces<string>(StatusCodes.Status200OK, "application/octet-stream");
        routes.MapDelete("/{id}", Delete).WithName("delete_dataset").Needs(Role.Trainer, Thing.Dataset);
    }

    /// <summary>Stores a table. The answer waits for it to be read; when that takes longer than a minute it is 202 and the status stays <c>reading</c>.</summary>
    internal static async Task<Results<Created<DatasetView>, Accepted<DatasetView>>> Upload(
        HttpRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        UploadedForm form = await UploadedForm.Read(request, platform, cancellation).ConfigureAwait(false);
        await using (form.ConfigureAwait(false))
        {
            string project = caller.ProjectFor(Role.Trainer, form.Text("project"), platform);
            UploadedFile file = form.RequiredFile("file");
            var upload = new DatasetUpload(file.Name) { Name = form.Text("name"), Project = project, AskedBy = caller.Terms().AskedBy, Types = form.Json<Dictionary<string, ColumnType>>("types").Types(), Layout = form.Layout() };
            Dataset dataset = await platform.Datasets.UploadAsync(file.Open(), upload, cancellation).ConfigureAwait(false);
            return await AnswerWhenRead(dataset, platform, options, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The stored datasets, newest first.</summary>
    internal static Ok<Client.Contracts.Page<DatasetView>> List(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Datasets.List(paging.Offset, paging.Count, caller.Projects).View(DatasetsViews.View));
    }

    /// <summary>One dataset.</summary>
    internal static Ok<DatasetView> Get(string id, StrataPlatform platform) => TypedResults.Ok(platform.Datasets.Get(id).View());

    /// <summary>A window of its rows. With <c>thinned</c>, large arrays are thinned out to be looked at.</summary>
    internal static Ok<DatasetRows> GetRows(string id, int? offset, int? count, bool? thinned, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count, usual: 50);
        int columns = platform.Datasets.Get(id).ColumnCount;
        if ((long)paging.Count * columns > MostCells)
        {
            throw new DataException($"count is {paging.Count}; of {columns} columns at most {MostCells / columns} rows are answered at a time.");
        }

        Strata.Platform.Datasets.DatasetRows rows = platform.Datasets.Rows(id, paging.Offset, paging.Count, thinned == true);
        return TypedResults.Ok(new DatasetRows(rows.Columns, rows.RowCount, rows.Rows));
    }

    /// <summary>What is in each column, with warnings about the ones to think about.</summary>
    internal static async Task<Ok<TableProfileView>> GetProfile(string id, string? target, StrataPlatform platform, CancellationToken cancellation) =>
        TypedResults.Ok(StoredResults.Read<TableProfileView>(await platform.Datasets.ProfileAsync(id, target, cancellation).ConfigureAwait(false)));

    /// <summary>A new version of the dataset, read again from the original file with other types.</summary>
    internal static async Task<Results<Created<DatasetView>, Accepted<DatasetView>>> SetTypes(
        string id, TypesRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        Dataset dataset = await platform.Datasets.RetypeAsync(id, request.Types.Types(), caller.Terms().AskedBy).ConfigureAwait(false);
        return await AnswerWhenRead(dataset, platform, options, cancellation).ConfigureAwait(false);
    }

    /// <summary>Makes a dataset of another one by recorded steps, or several by a split. Waits for it as an upload does.</summary>
    internal static async Task<Results<Created<DerivedDatasetsView>, Accepted<DerivedDatasetsView>>> Derive(
        string id, DerivationRequest request, Caller caller, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        IReadOnlyList<Dataset> made = await (await request.Start(id, caller, platform).ConfigureAwait(false)).WhenMade(platform, options, cancellation).ConfigureAwait(false);
        var view = new DerivedDatasetsView(made[0].JobId!, [.. made.Select(DatasetsViews.View)]);
        return made[0].Status == Platform.Datasets.DatasetStatus.Reading ? TypedResults.Accepted($"/api/jobs/{view.JobId}", view) : TypedResults.Created($"/api/datasets/{made[0].Id}", view);
    }

    /// <summary>The original file; of a derived dataset its rows as CSV.</summary>
    internal static IResult GetFile(string id, HttpContext context, StrataPlatform platform) =>
        Downloads.File(context, platform.Datasets.OpenOriginal(id), platform.Datasets.Get(id).FileName);

    /// <summary>Deletes a dataset; refused while a job uses it, or another dataset was made from it.</summary>
    internal static async Task<NoContent> Delete(string id, StrataPlatform platform)
    {
        await platform.Datasets.DeleteAsync(id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created<DatasetView>, Accepted<DatasetView>>> AnswerWhenRead(
        Dataset dataset, StrataPlatform platform, ServerOptions options, CancellationToken cancellation)
    {
        dataset = await dataset.WhenRead(platform, options, cancellation).ConfigureAwait(false);
        string at = $"/api/datasets/{dataset.Id}";
        return dataset.Status == Platform.Datasets.DatasetStatus.Reading
            ? TypedResults.Accepted(at, dataset.View())
            : TypedResults.Created(at, dataset.View());
    }
}
