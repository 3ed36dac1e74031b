using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;

namespace Strata.Server.Accounts;

internal static class AuditEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.ForAdmins();
        routes.MapGet("/", List).WithName("list_audit_entries");
        routes.MapGet("/export", Export).WithName("export_audit_entries").Produces<string>(StatusCodes.Status200OK, "application/octet-stream");
        routes.MapGet("/check", Check).WithName("check_audit_entries");
    }

    /// <summary>Who did what, the newest first.</summary>
    internal static Ok<Client.Contracts.Page<AuditEntryView>> List(string? actor, string? action, string? subject, int? offset, int? count, StrataPlatform platform)
    {
        Paging paging = Paging.Of(offset, count);
        return TypedResults.Ok(platform.Audit.List(paging.Offset, paging.Count, actor, action, subject).View(AccountsViews.View));
    }

    /// <summary>The whole log in its order, an entry a line, as JSON.</summary>
    internal static async Task<IResult> Export(HttpContext context, Caller caller, StrataPlatform platform)
    {
        await platform.Audit.AddAsync(caller.Actor, "export_audit_entries", "audit").ConfigureAwait(false);
        context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.DownloadPolicy;
        return Results.Stream(
            async body =>
            {
                foreach (AuditEntry[] piece in platform.Audit.ReadAll().Chunk(1000))
                {
                    await body.WriteAsync(piece.SelectMany(entry => (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(entry.View(), WireJson.Options), (byte)'\n']).ToArray(), context.RequestAborted).ConfigureAwait(false);
                }
            },
            "application/octet-stream",
            "audit.jsonl");
    }

    /// <summary>Reads the whole log and says whether each entry is as it was written and none is missing. With <c>known_hash</c>, noted elsewhere before, also whether the log was cut off.</summary>
    internal static Ok<AuditCheckView> Check([Microsoft.AspNetCore.Mvc.FromQuery(Name = "known_hash")] string? knownHash, StrataPlatform platform)
    {
        AuditCheck check = platform.Audit.Verify(knownHash);
        return TypedResults.Ok(new AuditCheckView(check.IsWhole, check.Count, check.LastHash, check.Problem));
    }
}
