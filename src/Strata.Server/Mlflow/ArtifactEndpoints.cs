using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Mlflow;

/// <summary>Artifacts by run and path, and through the proxy by address alone. They stream; nothing is held in memory or copied first.</summary>
internal static class ArtifactEndpoints
{
    /// <summary>Clients compare the beginning of this text and then send the file in one piece.</summary>
    private const string NoParts = "Multipart upload is not supported for the current artifact repository";
    private const long MostUploadedFromPage = 10_000_000;

    /// <summary>The listing of a run's artifacts.</summary>
    public static void Map(MlflowGroup routes) => routes.Get<RunRequest>("/list", List).Needs(Role.Viewer);

    /// <summary>The proxy that clients use for addresses of this server.</summary>
    public static void MapProxy(IEndpointRouteBuilder routes)
    {
        new MlflowGroup(routes).Get<RunRequest>("/artifacts", ListFolder).Needs(Role.Viewer);
        routes.MapGet("/artifacts/{**path}", (string path, HttpContext context, MlflowCall call) => Download(context, call, call.Artifact(path, Role.Viewer))).Needs(Role.Viewer, Thing.Artifact, "path");
        routes.MapPut("/artifacts/{**path}", Upload).Needs(Role.Trainer, Thing.Artifact, "path");
        routes.MapDelete("/artifacts/{**path}", Delete).Needs(Role.Trainer, Thing.Artifact, "path");
        routes.MapPost("/mpu/{step}/{**path}", (HttpContext context) => Errors.Write(context, StatusCodes.Status501NotImplemented, "Not implemented", NoParts)).Needs(Role.Trainer);
    }

    /// <summary>The routes of MLflow's own page.</summary>
    public static void MapPage(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/get-artifact", (string? run_id, string? run_uuid, string? path, HttpContext context, MlflowCall call) =>
            Download(context, call, (call.Run((run_id ?? run_uuid).Required("run_id"), Role.Viewer), ArtifactAddress.Check(path.Required("path"))))).Needs(Role.Viewer);
        routes.MapGet("/model-versions/get-artifact", (string? name, string? version, string? path, HttpContext context, MlflowCall call) =>
        {
            string location = call.Platform.Registry.GetVersion(name.Required("name"), ModelVersionEndpoints.Number(version), call.Project(Role.Viewer)).Location;
            return Download(context, call, call.Artifact($"{ArtifactAddress.PathOf(location)}/{path.Required("path")}", Role.Viewer));
        }).Needs(Role.Viewer);
    }

    public static void MapUpload(IEndpointRouteBuilder routes) => routes.MapPost("/upload-artifact", async (string? run_uuid, string? path, HttpContext context, MlflowCall call) =>
    {
        string run = call.Run(run_uuid.Required("run_uuid"), Role.Trainer);
        await call.Platform.Artifacts.WriteAsync(run, path.Required("path"), context.Request.Body, MostUploadedFromPage, context.RequestAborted).ConfigureAwait(false);
        return Results.Json(MlflowGroup.Nothing);
    }).Needs(Role.Trainer);

    private static object List(RunRequest request, MlflowCall call)
    {
        Run run = call.Platform.Runs.Get(call.Run(request.Id, Role.Viewer));
        string folder = request.Path is { Length: > 0 } path ? ArtifactAddress.Check(path.TrimEnd('/')) : string.Empty;
        return new
        {
            RootUri = run.ArtifactLocation,
            Files = call.Platform.Artifacts.List(run.Id, folder).Select(entry => Wire(entry, entry.Path)).ToArray().OrNull(),
        };
    }

    private static object ListFolder(RunRequest request, MlflowCall call)
    {
        (string Owner, string Name)? place = request.Path is { Length: > 0 } path ? Place(path.Trim('/'), call) : null;
        IReadOnlyList<ArtifactEntry> entries = place is { } at ? call.Platform.Artifacts.List(at.Owner, at.Name) : [];
        return new { Files = entries.Select(entry => Wire(entry, entry.Path[(entry.Path.LastIndexOf('/') + 1)..])).ToArray() };
    }

    private static (string Owner, string Name)? Place(string path, MlflowCall call)
    {
        try
        {
            return call.Artifact(path, Role.Viewer);
        }
        catch (NotFoundException)
        {
            return null;
        }
    }

    private static object Wire(ArtifactEntry entry, string path) => new { Path = path, IsDir = entry.IsFolder, FileSize = entry.Bytes };

    private static async Task<IResult> Upload(string path, HttpContext context, MlflowCall call)
    {
        (string owner, string name) = call.Artifact(path, Role.Trainer);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        // A slow link is no attack here: a whole file waits on disk, not in memory.
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        await call.Platform.Artifacts.WriteAsync(owner, name.Required("path"), context.Request.Body, cancellation: context.RequestAborted).ConfigureAwait(false);
        return Results.Json(MlflowGroup.Nothing);
    }

    private static IResult Download(HttpContext context, MlflowCall call, (string Owner, string Name) place)
    {
        (Stream content, Artifact artifact) = call.Platform.Artifacts.Open(place.Owner, place.Name);
        return Downloads.File(context, content, artifact.Name[(artifact.Name.LastIndexOf('/') + 1)..]);
    }

    private static async Task<IResult> Delete(string path, MlflowCall call)
    {
        (string owner, string name) = call.Artifact(path, Role.Trainer);
        await call.Platform.Artifacts.DeleteAsync(owner, name).ConfigureAwait(false);
        return Results.Json(MlflowGroup.Nothing);
    }
}
