using System.Data;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Accounts;

/// <summary>All users and teams. While there is no user, everything is the local owner's.</summary>
public sealed class UserDirectory
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly DataStore store;
    private readonly AuditLog audit;
    private readonly int rounds;
    private readonly TimeProvider clock;
    private volatile bool hasUsers;
    private long lookedAt;

    internal UserDirectory(DataStore store, AuditLog audit, int rounds, TimeProvider clock) => (this.store, this.audit, this.rounds, this.clock) = (store, audit, rounds, clock);

    /// <summary>Whether there is any user, and so whether one has to log in. Asked at every request: a yes is remembered, a no is looked at again each second.</summary>
    public bool HasUsers()
    {
        long now = clock.GetTimestamp();
        if (!hasUsers && (lookedAt == 0 || clock.GetElapsedTime(Interlocked.Read(ref lookedAt), now) > LookAgain))
        {
            hasUsers = store.Database.Read(UserTable.Any);
            Interlocked.Exchange(ref lookedAt, now);
        }

        return hasUsers;
    }

    /// <summary>Whether somebody can administer.</summary>
    public bool HasAdmin() => store.Database.Read(UserTable.Admins) > 0;

    /// <exception cref="NotFoundException">There is no such user.</exception>
    public User Get(string id) => store.Database.Read(connection => Get(connection, id));

    public User? FindNamed(string name) => store.Database.Read(connection => UserTable.FindNamed(connection, name));

    /// <summary>In the order of their names.</summary>
    public Page<User> List(int offset = 0, int count = 100) => store.Database.Read(connection => UserTable.List(connection, offset, count));

    /// <summary>Makes the first user, who administers; refused when there is one.</summary>
    /// <exception cref="ConflictException">There are users.</exception>
    public Task<User> CreateFirstAsync(Actor actor, string name, string password) => CreateAsync(actor, name, password, isAdmin: true, mustBeFirst: true);

    /// <summary>Makes a user with a password.</summary>
    /// <exception cref="ConflictException">The name is taken.</exception>
    /// <exception cref="DataException">The name or the password will not do.</exception>
    public Task<User> CreateAsync(Actor actor, string name, string password, bool isAdmin) => CreateAsync(actor, name, password, isAdmin, mustBeFirst: false);

    /// <summary>Makes a user that is a program: it can only be let in by tokens.</summary>
    public Task<User> CreateServiceAccountAsync(Actor actor, string name) =>
        AddAsync(actor, new User { Id = NewId.Next(), Name = AccountName.CheckedLogIn(name), IsServiceAccount = true, CreatedAt = clock.GetUtcNow() }, null, mustBeFirst: false);

    /// <summary>Keeps a user out, or lets them in again. What they hold ends at once.</summary>
    public Task<User> SetDisabledAsync(Actor actor, string id, bool isDisabled) =>
        ChangeAsync(actor, id, isDisabled ? "disable_user" : "enable_user", user => user with { IsDisabled = isDisabled });

    /// <summary>Makes a user an administrator, or takes that back.</summary>
    public Task<User> SetAdminAsync(Actor actor, string id, bool isAdmin) =>
        ChangeAsync(actor, id, isAdmin ? "make_admin" : "unmake_admin", user => user.IsServiceAccount && isAdmin ? throw new ConflictException("A service account cannot administer.") : user with { IsAdmin = isAdmin });

    /// <summary>Gives a user another password; all their sessions end, but for the one that asks.</summary>
    public async Task SetPasswordAsync(Actor actor, string id, string password, string? keptSession = null)
    {
        ArgumentNullException.ThrowIfNull(password);
        User user = Get(id);
        if (user.IsServiceAccount)
        {
            throw new ConflictException("A service account has no password. Make a token for it.");
        }

        PasswordRules.Check(password, user.Name);
        string hash = PasswordHash.Of(password, rounds);
        await store.Database.WriteAsync(connection =>
        {
            _ = Get(connection, id);
            UserTable.SavePassword(connection, id, hash);
            SessionTable.DeleteOf(connection, id, keptSession);
            LogInFailures.Forget(connection, user.Name, string.Empty);
            audit.Add(connection, actor, "set_password", $"user/{id}", user.Name);
        }).ConfigureAwait(false);
    }

    /// <summary>Removes a user with their sessions, tokens and memberships. What they made belongs to its project and stays.</summary>
    public Task DeleteAsync(Actor actor, string id) => store.Database.WriteAsync(connection =>
    {
        User user = Get(connection, id);
        UserTable.Delete(connection, id);
        SessionTable.DeleteOf(connection, id);
        ApiTokenTable.DeleteOf(connection, id);
        SecondFactorTable.Delete(connection, id);
        TeamTable.RemoveEverywhere(connection, id);
        MembershipTable.RemoveMember(connection, MemberKind.User, id);
        ThrowIfNoAdmin(connection);
        audit.Add(connection, actor, "delete_user", $"user/{id}", user.Name);
    });

    /// <summary>Ends all sessions of a user.</summary>
    public Task EndSessionsAsync(Actor actor, string id) => store.Database.WriteAsync(connection =>
    {
        User user = Get(connection, id);
        SessionTable.DeleteOf(connection, id);
        audit.Add(connection, actor, "end_sessions", $"user/{id}", user.Name);
    });

    /// <summary>The sessions of a user, the last used first.</summary>
    public IReadOnlyList<Session> SessionsOf(string id) => store.Database.Read(connection => SessionTable.OfUser(connection, id));

    public Team? FindTeamNamed(string name) => store.Database.Read(connection => TeamTable.FindNamed(connection, name));

    public IReadOnlyList<Team> Teams() => store.Database.Read(TeamTable.List);

    public IReadOnlyList<User> MembersOf(string teamId) => store.Database.Read(connection => TeamTable.Members(connection, GetTeam(connection, teamId).Id).Select(id => Get(connection, id)).ToArray());

    /// <exception cref="ConflictException">The name is taken.</exception>
    public Task<Team> CreateTeamAsync(Actor actor, string name)
    {
        var team = new Team(NewId.Next(), AccountName.Checked("team", name), clock.GetUtcNow());
        return store.Database.WriteAsync(connection =>
        {
            ThrowIfTaken("team", team.Name, TeamTable.FindNamed(connection, team.Name) is not null);
            TeamTable.Insert(connection, team);
            audit.Add(connection, actor, "create_team", $"team/{team.Id}", team.Name);
            return team;
        });
    }

    public Task DeleteTeamAsync(Actor actor, string id) => store.Database.WriteAsync(connection =>
    {
        Team team = GetTeam(connection, id);
        MembershipTable.RemoveMember(connection, MemberKind.Team, id);
        TeamTable.Delete(connection, id);
        audit.Add(connection, actor, "delete_team", $"team/{id}", team.Name);
    });

    public Task AddToTeamAsync(Actor actor, string id, string userId) => store.Database.WriteAsync(connection =>
    {
        (Team team, User user) = (GetTeam(connection, id), Get(connection, userId));
        TeamTable.Add(connection, id, userId);
        audit.Add(connection, actor, "add_to_team", $"team/{id}", $"{user.Name} to {team.Name}");
    });

    public Task RemoveFromTeamAsync(Actor actor, string id, string userId) => store.Database.WriteAsync(connection =>
    {
        (Team team, User user) = (GetTeam(connection, id), Get(connection, userId));
        TeamTable.Remove(connection, id, userId);
        audit.Add(connection, actor, "remove_from_team", $"team/{id}", $"{user.Name} from {team.Name}");
    });

    internal static User Get(IDbConnection connection, string id) => UserTable.Find(connection, id) ?? throw NotFoundException.Of("user", id);

    internal static Team GetTeam(IDbConnection connection, string id) => TeamTable.Find(connection, id) ?? throw NotFoundException.Of("team", id);

    internal static void ThrowIfTaken(string noun, string name, bool isTaken)
    {
        if (isTaken)
        {
            throw new ConflictException($"There is a {noun} '{name}' already.");
        }
    }

    private Task<User> CreateAsync(Actor actor, string name, string password, bool isAdmin, bool mustBeFirst)
    {
        ArgumentNullException.ThrowIfNull(password);
        var user = new User { Id = NewId.Next(), Name = AccountName.CheckedLogIn(name), IsAdmin = isAdmin, CreatedAt = clock.GetUtcNow() };
        PasswordRules.Check(password, user.Name);
        return AddAsync(actor, user, PasswordHash.Of(password, rounds), mustBeFirst);
    }

    private async Task<User> AddAsync(Actor actor, User user, string? passwordHash, bool mustBeFirst)
    {
        await store.Database.WriteAsync(connection =>
        {
            if (mustBeFirst && UserTable.Any(connection))
            {
                throw new ConflictException("There are accounts already. Ask an administrator for one.");
            }

            ThrowIfTaken("user", user.Name, UserTable.FindNamed(connection, user.Name) is not null);
            UserTable.Insert(connection, user, passwordHash);
            ThrowIfNoAdmin(connection);
            string kind = user.IsServiceAccount ? "service account" : user.IsAdmin ? "administrator" : "user";
            audit.Add(connection, actor, "create_user", $"user/{user.Id}", $"{user.Name}, {kind}");
        }).ConfigureAwait(false);
        hasUsers = true;
        return user;
    }

    private Task<User> ChangeAsync(Actor actor, string id, string action, Func<User, User> change) => store.Database.WriteAsync(connection =>
    {
        User user = change(Get(connection, id));
        UserTable.Save(connection, user);
        SessionTable.DeleteOf(connection, id);
        ThrowIfNoAdmin(connection);
        audit.Add(connection, actor, action, $"user/{id}", user.Name);
        return user;
    });

    /// <summary>Nobody may lock everybody out.</summary>
    private static void ThrowIfNoAdmin(IDbConnection connection)
    {
        if (UserTable.Admins(connection) == 0)
        {
            throw new ConflictException("There must be an administrator who can log in. Make somebody else one first.");
        }
    }
}
