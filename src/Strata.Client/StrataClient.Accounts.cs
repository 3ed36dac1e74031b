using System.Net.Http.Json;
using Strata.Client.Contracts;

namespace Strata.Client;

/// <content>Log-ins, users, teams, projects, tokens and the audit log.</content>
public sealed partial class StrataClient
{
    /// <summary>Who the caller is, and what they may do.</summary>
    public Task<LogInView> SessionAsync(CancellationToken cancellation = default) => Get<LogInView>("api/session", cancellation);

    /// <summary>Logs in as a program does: later calls of this client's <see cref="HttpClient"/> show the access token.</summary>
    public Task<LogInView> LogInAsync(string name, string password, CancellationToken cancellation = default) => LogInAsync(name, password, null, cancellation);

    /// <summary>The same with the code of a second factor.</summary>
    public async Task<LogInView> LogInAsync(string name, string password, string? code, CancellationToken cancellation = default)
    {
        LogInView view = await Post<LogInView>("api/session", Json(new LogInRequest(name, password, Tokens: true, code)), cancellation).ConfigureAwait(false);
        http.DefaultRequestHeaders.Authorization = new("Bearer", view.Tokens!.AccessToken);
        return view;
    }

    /// <summary>Takes new tokens for a refresh token, which is good for once.</summary>
    public async Task<TokenPair> RefreshAsync(string refreshToken, CancellationToken cancellation = default)
    {
        TokenPair tokens = await Post<TokenPair>("api/session/refresh", Json(new RefreshRequest(refreshToken)), cancellation).ConfigureAwait(false);
        http.DefaultRequestHeaders.Authorization = new("Bearer", tokens.AccessToken);
        return tokens;
    }

    /// <summary>Makes the first administrator.</summary>
    public Task<LogInView> SetUpAsync(SetUpRequest request, CancellationToken cancellation = default) => Post<LogInView>("api/session/set-up", Json(request), cancellation);

    /// <summary>Gives the password once more, so that dangerous acts are allowed for some minutes.</summary>
    public Task ConfirmAsync(string password, CancellationToken cancellation = default) => Send(HttpMethod.Post, "api/session/confirm", Json(new ConfirmationRequest(password)), cancellation);

    /// <summary>The caller's own sessions, the last used first.</summary>
    public Task<Page<OwnSessionView>> OwnSessionsAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) => Get<Page<OwnSessionView>>($"api/session/all?offset={offset}&count={count}", cancellation);

    /// <summary>Ends one of the caller's own sessions; the password must have been confirmed lately.</summary>
    public Task EndOwnSessionAsync(string id, CancellationToken cancellation = default) => Delete($"api/session/all/{Segment(id)}", cancellation);

    public Task SetPasswordAsync(PasswordRequest request, CancellationToken cancellation = default) => Send(HttpMethod.Post, "api/session/password", Json(request), cancellation);

    /// <summary>A key for an authenticator app; it counts when <see cref="TurnOnSecondFactorAsync"/> has shown a code of it.</summary>
    public Task<SecondFactorView> BeginSecondFactorAsync(CancellationToken cancellation = default) => Post<SecondFactorView>("api/session/second-factor", null, cancellation);

    /// <summary>Asks for a code at each log-in from now on; answers recovery codes, which are not shown again.</summary>
    public Task<RecoveryCodesView> TurnOnSecondFactorAsync(string code, CancellationToken cancellation = default) => Post<RecoveryCodesView>("api/session/second-factor/on", Json(new SecondFactorRequest(code)), cancellation);

    public Task TurnOffSecondFactorAsync(CancellationToken cancellation = default) => Delete("api/session/second-factor", cancellation);

    /// <summary>Takes a user's second factor off, for who has lost it.</summary>
    public Task ResetSecondFactorAsync(string userId, CancellationToken cancellation = default) => Delete($"api/users/{Segment(userId)}/second-factor", cancellation);

    public async Task LogOutAsync(CancellationToken cancellation = default)
    {
        await Delete("api/session", cancellation).ConfigureAwait(false);
        http.DefaultRequestHeaders.Authorization = null;
    }

    public Task<Page<UserView>> UsersAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) => Get<Page<UserView>>($"api/users?offset={offset}&count={count}", cancellation);

    public Task<UserView> UserAsync(string id, CancellationToken cancellation = default) => Get<UserView>($"api/users/{Segment(id)}", cancellation);

    public Task<UserView> CreateUserAsync(NewUserRequest request, CancellationToken cancellation = default) => Post<UserView>("api/users", Json(request), cancellation);

    public async Task<UserView> ChangeUserAsync(string id, UserChangeRequest request, CancellationToken cancellation = default)
    {
        using HttpResponseMessage answer = await http.PatchAsync($"api/users/{Segment(id)}", Json(request), cancellation).ConfigureAwait(false);
        return await Read<UserView>(answer, cancellation).ConfigureAwait(false);
    }

    public Task DeleteUserAsync(string id, CancellationToken cancellation = default) => Delete($"api/users/{Segment(id)}", cancellation);

    public Task EndUserSessionsAsync(string id, CancellationToken cancellation = default) => Delete($"api/users/{Segment(id)}/sessions", cancellation);

    public Task<Page<TeamView>> TeamsAsync(CancellationToken cancellation = default) => Get<Page<TeamView>>("api/teams?count=1000", cancellation);

    public Task<TeamView> CreateTeamAsync(NewTeamRequest request, CancellationToken cancellation = default) => Post<TeamView>("api/teams", Json(request), cancellation);

    public Task DeleteTeamAsync(string id, CancellationToken cancellation = default) => Delete($"api/teams/{Segment(id)}", cancellation);

    public Task AddTeamMemberAsync(string id, string userId, CancellationToken cancellation = default) => Send(HttpMethod.Put, $"api/teams/{Segment(id)}/members/{Segment(userId)}", null, cancellation);

    public Task RemoveTeamMemberAsync(string id, string userId, CancellationToken cancellation = default) => Delete($"api/teams/{Segment(id)}/members/{Segment(userId)}", cancellation);

    public Task<Page<ProjectView>> ProjectsAsync(CancellationToken cancellation = default) => Get<Page<ProjectView>>("api/projects?count=1000", cancellation);

    public Task<ProjectView> ProjectAsync(string id, CancellationToken cancellation = default) => Get<ProjectView>($"api/projects/{Segment(id)}", cancellation);

    public Task<ProjectView> CreateProjectAsync(NewProjectRequest request, CancellationToken cancellation = default) => Post<ProjectView>("api/projects", Json(request), cancellation);

    public Task DeleteProjectAsync(string id, CancellationToken cancellation = default) => Delete($"api/projects/{Segment(id)}", cancellation);

    public Task<Page<MemberView>> ProjectMembersAsync(string id, CancellationToken cancellation = default) => Get<Page<MemberView>>($"api/projects/{Segment(id)}/members?count=1000", cancellation);

    public Task SetProjectMemberAsync(string id, MemberRequest request, CancellationToken cancellation = default) => Send(HttpMethod.Put, $"api/projects/{Segment(id)}/members", Json(request), cancellation);

    public Task RemoveProjectMemberAsync(string id, MemberKind kind, string memberId, CancellationToken cancellation = default) =>
        Delete($"api/projects/{Segment(id)}/members/{(kind == MemberKind.User ? "users" : "teams")}/{Segment(memberId)}", cancellation);

    /// <summary>One's own tokens; an administrator may name another user.</summary>
    public Task<Page<ApiTokenView>> TokensAsync(string? user = null, CancellationToken cancellation = default) =>
        Get<Page<ApiTokenView>>($"api/tokens?count=1000{(user is null ? string.Empty : $"&user={Segment(user)}")}", cancellation);

    /// <summary>Makes a token; its secret is in the answer and never shown again.</summary>
    public Task<ApiTokenView> CreateTokenAsync(NewTokenRequest request, CancellationToken cancellation = default) => Post<ApiTokenView>("api/tokens", Json(request), cancellation);

    public Task RevokeTokenAsync(string id, CancellationToken cancellation = default) => Delete($"api/tokens/{Segment(id)}", cancellation);

    /// <summary>Who did what, the newest first.</summary>
    public Task<Page<AuditEntryView>> AuditAsync(int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<AuditEntryView>>($"api/audit?offset={offset}&count={count}", cancellation);

    /// <summary>Reads the whole audit log and says whether it is as it was written.</summary>
    public Task<AuditCheckView> CheckAuditAsync(string? knownHash = null, CancellationToken cancellation = default) =>
        Get<AuditCheckView>($"api/audit/check{(knownHash is null ? string.Empty : $"?known_hash={Segment(knownHash)}")}", cancellation);

    /// <summary>Copies the whole audit log, an entry a line.</summary>
    public async Task ExportAuditAsync(Stream destination, CancellationToken cancellation = default)
    {
        using HttpResponseMessage answer = await http.GetAsync("api/audit/export", HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        await ThrowIfRefused(answer, cancellation).ConfigureAwait(false);
        await answer.Content.CopyToAsync(destination, cancellation).ConfigureAwait(false);
    }

    private async Task Send(HttpMethod method, string path, JsonContent? content, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using HttpResponseMessage answer = await http.SendAsync(request, cancellation).ConfigureAwait(false);
        await ThrowIfRefused(answer, cancellation).ConfigureAwait(false);
    }
}
