using Strata.Platform;
using Strata.Platform.Storage;
using Strata.Server.Safety;

namespace Strata.Server.Backups;

internal static class BackupsEndpoints
{
    public static void Map(RouteGroupBuilder routes) =>
        routes.MapGet("/", Get).WithName("get_backup").ForAdmins().Produces<string>(StatusCodes.Status200OK, "application/octet-stream");

    /// <summary>Makes a backup of everything that is stored, while work goes on, and hands it out as one file.</summary>
    internal static async Task<IResult> Get(HttpContext context, Caller caller, StrataPlatform platform, TimeProvider clock, CancellationToken cancellation)
    {
        Directory.CreateDirectory(platform.IncomingFolder());
        string path = Path.Join(platform.IncomingFolder(), $"backup-{NewId.Next()}");
        await platform.Audit.AddAsync(caller.Actor, "get_backup", "backup").ConfigureAwait(false);
        await platform.Storage.BackUpAsync(path, clock, cancellation).ConfigureAwait(false);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 17, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        return Downloads.File(context, file, $"strata-{clock.GetUtcNow():yyyyMMdd-HHmmss}.backup");
    }
}
