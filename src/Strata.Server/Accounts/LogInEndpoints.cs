using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Server.Safety;

namespace Strata.Server.Accounts;

internal static class LogInEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", Get).WithName("get_session").Open();
        routes.MapPost("/", LogIn).WithName("log_in").Open();
        routes.MapDelete("/", LogOut).WithName("log_out").ForUsers();
        routes.MapPost("/set-up", SetUp).WithName("set_up").Open();
        routes.MapPost("/refresh", Refresh).WithName("refresh_session").Open();
        routes.MapPost("/confirm", Confirm).WithName("confirm_session").ForUsers();
        routes.MapGet("/all", ListOwn).WithName("list_own_sessions").ForUsers();
        routes.MapDelete("/all/{session}", EndOwn).WithName("end_own_session").ForUsers().Confirmed();
        routes.MapPost("/password", SetPassword).WithName("set_own_password").ForUsers();
    }

    /// <summary>Says who is asking, and what they may do. Also answers those who are not logged in.</summary>
    internal static Ok<LogInView> Get(Caller caller, StrataPlatform platform, ServerOptions options, TimeProvider clock) => TypedResults.Ok(caller.View(platform, options, clock));

    /// <summary>Logs in. A browser gets a cookie; a program that asks for <c>tokens</c> gets an access token and a refresh token instead.</summary>
    internal static async Task<Ok<LogInView>> LogIn(LogInRequest request, HttpContext context, Caller caller, StrataPlatform platform, ServerOptions options, TimeProvider clock)
    {
        User user = await platform.LogIns.CheckAsync(request.Name, request.Password, caller.Actor.Address, request.Code).ConfigureAwait(false);
        return TypedResults.Ok(await Enter(user, request.Tokens, context, caller, platform, options, clock).ConfigureAwait(false));
    }

    /// <summary>Ends the session, at once and for good.</summary>
    internal static async Task<NoContent> LogOut(HttpContext context, Caller caller, StrataPlatform platform)
    {
        if (caller.Identity?.Session is Session session)
        {
            await platform.LogIns.CloseAsync(caller.Actor, session).ConfigureAwait(false);
        }

        context.Response.Cookies.Delete(Authentication.CookieName(context.Request), CookieOf(context.Request));
        return TypedResults.NoContent();
    }

    /// <summary>Makes the first administrator and logs them in; refused when there are accounts.</summary>
    internal static async Task<Ok<LogInView>> SetUp(SetUpRequest request, HttpContext context, Caller caller, StrataPlatform platform, ServerOptions options, TimeProvider clock)
    {
        if (options.SetUpToken is string expected && !CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(expected)), SHA256.HashData(Encoding.UTF8.GetBytes(request.Token ?? string.Empty))))
        {
            throw new LogInException("That is not the token that the server printed when it started.");
        }

        User user = await platform.Users.CreateFirstAsync(caller.Actor, request.Name, request.Password).ConfigureAwait(false);
        return TypedResults.Ok(await Enter(user, asProgram: false, context, caller, platform, options, clock).ConfigureAwait(false));
    }

    /// <summary>New tokens for a refresh token, which is good for once; one that comes a second time ends its session.</summary>
    internal static async Task<Ok<TokenPair>> Refresh(RefreshRequest request, Caller caller, StrataPlatform platform) =>
        TypedResults.Ok(View(await platform.LogIns.RefreshAsync(request.RefreshToken, caller.Actor.Address).ConfigureAwait(false)));

    /// <summary>Takes the password once more, so that dangerous acts are allowed for some minutes.</summary>
    internal static async Task<NoContent> Confirm(ConfirmationRequest request, Caller caller, StrataPlatform platform)
    {
        User user = await CheckOwn(request.Password, caller, platform).ConfigureAwait(false);
        if (caller.Identity is { Session: Session session } && session.UserId == user.Id)
        {
            await platform.LogIns.ConfirmAsync(session).ConfigureAwait(false);
        }

        return TypedResults.NoContent();
    }

    /// <summary>Changes the caller's own password; all their other sessions end.</summary>
    internal static async Task<NoContent> SetPassword(PasswordRequest request, Caller caller, StrataPlatform platform)
    {
        User user = await CheckOwn(request.Password, caller, platform).ConfigureAwait(false);
        await platform.Users.SetPasswordAsync(caller.Actor, user.Id, request.NewPassword, caller.Identity?.Session?.Id).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    /// <summary>The caller's own sessions, the last used first.</summary>
    internal static Ok<Client.Contracts.Page<OwnSessionView>> ListOwn(int? offset, int? count, Caller caller, StrataPlatform platform)
    {
        IReadOnlyList<Session> sessions = caller.Identity is Identity identity ? platform.Users.SessionsOf(identity.User.Id) : [];
        return TypedResults.Ok(sessions.View(Paging.Of(offset, count), session => new OwnSessionView(session.Id, session.CreatedAt, session.SeenAt, session.ExpiresAt, session.Address, session.Id == caller.Identity?.Session?.Id)));
    }

    /// <summary>Ends one of the caller's own sessions.</summary>
    internal static async Task<NoContent> EndOwn(string session, Caller caller, StrataPlatform platform)
    {
        Session own = (caller.Identity is Identity identity ? platform.Users.SessionsOf(identity.User.Id) : []).FirstOrDefault(known => known.Id == session) ?? throw NotFoundException.Of("session", session);
        await platform.LogIns.CloseAsync(caller.Actor, own).ConfigureAwait(false);
        return TypedResults.NoContent();
    }

    private static Task<User> CheckOwn(string password, Caller caller, StrataPlatform platform) => caller.Identity is { Token: null } identity
        ? platform.LogIns.CheckAsync(identity.User.Name, password, caller.Actor.Address)
        : throw new ConflictException("Nobody is logged in by a password here.");

    private static async Task<LogInView> Enter(User user, bool asProgram, HttpContext context, Caller caller, StrataPlatform platform, ServerOptions options, TimeProvider clock)
    {
        // Whoever logs in anew leaves the session they had: its id is never carried over.
        if (caller.Identity?.Session is Session old)
        {
            await platform.LogIns.CloseAsync(caller.Actor, old).ConfigureAwait(false);
        }

        Identity identity = platform.LogIns.OfUser(user.Id) ?? throw LogInException.Wrong;
        var entered = Caller.Of(identity with { ConfirmedAt = clock.GetUtcNow() }, caller.Actor.Address);
        if (asProgram)
        {
            return entered.View(platform, options, clock, View(await platform.LogIns.OpenTokensAsync(user, caller.Actor.Address).ConfigureAwait(false)));
        }

        (_, string secret) = await platform.LogIns.OpenAsync(user, caller.Actor.Address).ConfigureAwait(false);
        context.Response.Cookies.Append(Authentication.CookieName(context.Request), secret, CookieOf(context.Request));
        return entered.View(platform, options, clock);
    }

    private static TokenPair View(SessionTokens tokens) => new(tokens.Access, (int)tokens.AccessLife.TotalSeconds, tokens.Refresh);

    /// <summary>Neither scripts nor other sites' pages get at it, and it goes when the browser is closed.</summary>
    private static CookieOptions CookieOf(HttpRequest request) => new() { HttpOnly = true, Secure = Authentication.IsSecure(request), SameSite = SameSiteMode.Lax, Path = "/" };
}
