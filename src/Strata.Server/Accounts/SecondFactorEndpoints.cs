using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;

namespace Strata.Server.Accounts;

/// <summary>One's own second factor, under the session.</summary>
internal static class SecondFactorEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.ForUsers();
        routes.MapPost("/", Begin).WithName("begin_second_factor").Confirmed();
        routes.MapPost("/on", TurnOn).WithName("turn_on_second_factor").Confirmed();
        routes.MapDelete("/", TurnOff).WithName("turn_off_second_factor").Confirmed();
    }

    /// <summary>Makes a key for an authenticator app. It counts when a code of it has been shown.</summary>
    internal static async Task<Ok<SecondFactorView>> Begin(Caller caller, StrataPlatform platform)
    {
        SecondFactorKey key = await platform.SecondFactors.BeginAsync(Own(caller).User.Id).ConfigureAwait(false);
        return TypedResults.Ok(new SecondFactorView(key.Secret, key.Address));
    }

    /// <summary>Asks for a code at each log-in from now on; answers recovery codes, which are never shown again.</summary>
    internal static async Task<Ok<RecoveryCodesView>> TurnOn(SecondFactorRequest request, Caller caller, StrataPlatform platform)
    {
        Identity own = Own(caller);
        return TypedResults.Ok(new RecoveryCodesView(await platform.SecondFactors.TurnOnAsync(caller.Actor, own.User.Id, request.Code, own.Session?.Id).ConfigureAwait(false)));
    }

    /// <summary>Asks for no code any more; refused where the server requires a second factor.</summary>
    internal static async Task<NoContent> TurnOff(Caller caller, StrataPlatform platform)
    {
        Identity own = Own(caller);
        if (platform.Options.Accounts.RequiresSecondFactor)
        {
            throw new ConflictException("This server requires a second factor. Ask an administrator to reset yours if it is lost.");
        }

        await platform.SecondFactors.TurnOffAsync(caller.Actor, own.User.Id, own.Session?.Id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static Identity Own(Caller caller) => caller.Identity is { Token: null } identity ? identity : throw new ConflictException("Nobody is logged in by a password here.");
}
