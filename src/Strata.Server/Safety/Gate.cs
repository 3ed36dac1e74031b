using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Storage;

namespace Strata.Server.Safety;

/// <summary>Stands before every route: finds out who calls, holds them to the route's policy and to their pace, and has changes written into the audit log.</summary>
internal sealed class Gate(ServerOptions options, TimeProvider clock)
{
    private readonly RequestPace pace = new(options.RequestsPerSecond, clock);
    private readonly Refusals refusals = new(clock);

    /// <summary>Goes between routing and the routes.</summary>
    public async Task Check(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is not RouteEndpoint route)
        {
            await next(context).ConfigureAwait(false);
            return;
        }

        Policy policy = route.Metadata.GetMetadata<Policy>() ?? throw new ForbiddenException("Nobody has said whom this route is for, so it is for nobody.");
        StrataPlatform platform = context.RequestServices.GetRequiredService<StrataPlatform>();
        if (platform.Options.IsReplica && route.Metadata.GetMetadata<AnsweredByReplicas>() is null)
        {
            throw new MisdirectedException();
        }

        Caller caller = await WhoCalls(context, policy, platform).ConfigureAwait(false);
        caller.Enter(context);
        CheckPace(caller);
        try
        {
            Hold(caller, policy, context, platform);
        }
        catch (ForbiddenException) when (!platform.Options.IsReplica)
        {
            await refusals.Note(caller, route, context.Request.Path, platform).ConfigureAwait(false);
            throw;
        }

        if (NeedsSecondFactor(caller, platform) && !policy.IsOpen && !context.Request.Path.StartsWithSegments("/api/session"))
        {
            throw ForbiddenException.WithoutSecondFactor;
        }

        if (route.Metadata.GetMetadata<NeedsConfirmation>() is not null && !caller.IsLocalOwner && !IsConfirmed(caller, platform))
        {
            throw ForbiddenException.Unconfirmed;
        }

        if (IsChange(context.Request, policy) && route.Metadata.GetMetadata<NotAudited>() is null)
        {
            AuditWhenAnswered(context, route, caller, platform);
        }

        await next(context).ConfigureAwait(false);
    }

    /// <summary>Whether the caller has to set up a second factor first. A token stands for a person who had one when it was made, or for a program.</summary>
    public static bool NeedsSecondFactor(Caller caller, StrataPlatform platform) =>
        platform.Options.Accounts.RequiresSecondFactor && caller.Identity is { Token: null, User.HasSecondFactor: false };

    /// <summary>Whether the caller of an answer that goes on for long would be let in again: meanwhile sessions end and roles are taken away. Asking is no use of the session.</summary>
    public static async Task<bool> StillAdmits(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Policy>() is not Policy policy)
        {
            return true;
        }

        try
        {
            StrataPlatform platform = context.RequestServices.GetRequiredService<StrataPlatform>();
            Hold(await WhoCalls(context, policy, platform, isUse: false).ConfigureAwait(false), policy, context, platform);
            return true;
        }
        catch (Exception e) when (e is LogInException or TooManyLogInsException or ForbiddenException or NotFoundException or StorageException)
        {
            return false;
        }
    }

    private static async Task<Caller> WhoCalls(HttpContext context, Policy policy, StrataPlatform platform, bool isUse = true)
    {
        try
        {
            return await new Authentication(platform, context.RequestServices.GetRequiredService<ServerOptions>()).Of(context, isUse).ConfigureAwait(false);
        }
        catch (LogInException) when (policy.IsOpen)
        {
            return Caller.Nobody(context.Connection.RemoteIpAddress?.ToString());
        }
    }

    private static void Hold(Caller caller, Policy policy, HttpContext context, StrataPlatform platform)
    {
        if (policy.IsOpen || caller.IsLocalOwner)
        {
            return;
        }

        if (!caller.IsKnown)
        {
            throw new LogInException("Log in, or show a token: there are accounts on this server.");
        }

        if (policy.IsForAdmins && !caller.IsAdmin)
        {
            throw new ForbiddenException("Only administrators may do this.");
        }

        if (policy is { Thing: Thing thing, Role: Role role })
        {
            string id = context.Request.RouteValues[policy.IdName]?.ToString() ?? string.Empty;
            caller.Require(role, thing, thing == Thing.RegisteredModel ? $"{caller.ProjectFor(Role.Viewer, context.Request.Query["project"], platform)}/{id}" : id, platform);
        }
        else if (policy.Role is Role somewhere && !caller.HasSomewhere(somewhere))
        {
            throw ForbiddenException.Of(somewhere, null);
        }
    }

    private void CheckPace(Caller caller)
    {
        string who = caller.Identity is Identity identity ? identity.Token?.Id ?? identity.User.Id : caller.Actor.Address ?? "nobody";
        if (!caller.IsLocalOwner && !pace.Permits(who))
        {
            throw new TooManyRequestsException(options.RequestsPerSecond);
        }
    }

    private bool IsConfirmed(Caller caller, StrataPlatform platform) =>
        caller.Identity?.ConfirmedAt is DateTimeOffset at && clock.GetUtcNow() - at < platform.Options.Accounts.ConfirmationLife;

    private static bool IsChange(HttpRequest request, Policy policy) =>
        !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && (policy.IsForAdmins || policy.Role > Role.Viewer);

    /// <summary>The entry is written before the first byte of the answer: nobody is told of a change that the log does not know.</summary>
    private static void AuditWhenAnswered(HttpContext context, RouteEndpoint route, Caller caller, StrataPlatform platform) => context.Response.OnStarting(async () =>
    {
        if (context.Response.StatusCode < 400)
        {
            string action = route.Metadata.GetMetadata<IEndpointNameMetadata>()?.EndpointName ?? context.Request.Method;
            string made = context.Response.Headers.Location.ToString();
            string subject = made.Length > 0 ? made : context.Request.Path.ToString();
            await platform.Audit.AddAsync(caller.Actor, action, subject.StartsWith("/api/", StringComparison.Ordinal) ? subject[5..] : subject).ConfigureAwait(false);
        }
    });
}

/// <summary>A replica was asked for what only the first server does.</summary>
internal sealed class MisdirectedException() : Exception("This server is a replica: it answers predictions. Ask the first server for everything else.");

/// <summary>The caller asks faster than the server lets one caller ask.</summary>
internal sealed class TooManyRequestsException(int perSecond) : Exception($"More than {perSecond} requests a second. Wait a moment.");
