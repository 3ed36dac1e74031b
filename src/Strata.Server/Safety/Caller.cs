using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Accounts;
using Strata.Platform.Storage;

namespace Strata.Server.Safety;

/// <summary>Who makes a request, and what they may do: a user, the local owner while there are no accounts, or nobody that is known. Endpoints take it as a parameter.</summary>
internal sealed class Caller
{
    private static readonly object Key = new();

    private Caller(Actor actor, Identity? identity, bool isLocalOwner) => (Actor, Identity, IsLocalOwner) = (actor, identity, isLocalOwner);

    /// <summary>How the audit log calls them.</summary>
    public Actor Actor { get; }

    /// <summary>The user; null for the local owner and for nobody.</summary>
    public Identity? Identity { get; }

    /// <summary>Whether there are no accounts, so that whoever reaches the machine may do everything.</summary>
    public bool IsLocalOwner { get; }

    public bool IsKnown => IsLocalOwner || Identity is not null;

    /// <summary>Whether they administer users and projects.</summary>
    public bool IsAdmin => IsLocalOwner || Identity is { IsAdmin: true };

    /// <summary>The projects whose things they may see, for <c>List</c> of the rooms; null for all.</summary>
    public IReadOnlyCollection<string>? Projects => IsLocalOwner || Identity?.Everywhere is not null ? null : [.. Identity?.Roles.Keys ?? []];

    public static Caller LocalOwner(string? address) => new(Actor.LocalOwner with { Address = address }, null, isLocalOwner: true);

    public static Caller Nobody(string? address) => new(new Actor(null, "nobody", address), null, isLocalOwner: false);

    public static Caller Of(Identity identity, string? address) => new(new Actor(identity.User.Id, identity.User.Name, address), identity, isLocalOwner: false);

    /// <summary>Lets an endpoint take the caller as a parameter.</summary>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => ValueTask.FromResult<Caller?>(From(context));

    /// <summary>The request's caller; nobody before it is known.</summary>
    public static Caller From(HttpContext context) => context.Items.TryGetValue(Key, out object? caller) ? (Caller)caller! : Nobody(null);

    public void Enter(HttpContext context) => context.Items[Key] = this;

    /// <summary>Their role in a project; null when they may not even see it.</summary>
    public Role? RoleIn(string project)
    {
        if (IsLocalOwner)
        {
            return Role.Admin;
        }

        Role? member = Identity is not null && Identity.Roles.TryGetValue(project, out Role role) ? role : null;
        return Identity?.Everywhere is Role everywhere && !(member > everywhere) ? everywhere : member;
    }

    /// <summary>Whether they have the role in some project.</summary>
    public bool HasSomewhere(Role role) => IsLocalOwner || Identity?.Everywhere >= role || Identity?.Roles.Values.Any(known => known >= role) == true;

    /// <summary>Checks an object, named in an address or in a body, and returns its project.</summary>
    /// <exception cref="NotFoundException">There is none, or they may not see it: the answer is the same.</exception>
    /// <exception cref="ForbiddenException">They see it without the needed role.</exception>
    public string Require(Role role, Thing thing, string id, StrataPlatform platform)
    {
        string project = Ownership.ProjectOf(thing, id, platform);
        Role has = RoleIn(project) ?? throw NotFoundException.Of(Ownership.Noun(thing), id);
        return has >= role ? project : throw ForbiddenException.Of(role, has);
    }

    /// <summary>Checks an object that a body may name. The local owner sees everything, so then the room says what is wrong with the name.</summary>
    public void RequireNamed(Role role, Thing thing, string? id, StrataPlatform platform)
    {
        if (id is not null && !IsLocalOwner)
        {
            Require(role, thing, id, platform);
        }
    }

    /// <summary>The project that something new goes to: the one that is asked for by id or name, or the only one that it can be.</summary>
    /// <exception cref="NotFoundException">There is no such project, or they may not see it.</exception>
    /// <exception cref="ForbiddenException">They see it without the needed role.</exception>
    /// <exception cref="DataException">None is asked for, and several come into question.</exception>
    public string ProjectFor(Role role, string? asked, StrataPlatform platform)
    {
        if (asked is not null)
        {
            return Require(role, Thing.Project, platform.Projects.FindNamed(asked)?.Id ?? asked, platform);
        }

        if (RoleIn(ProjectScope.Usual) >= role)
        {
            return ProjectScope.Usual;
        }

        string[] possible = [.. Identity?.Roles.Where(known => known.Value >= role).Select(known => known.Key) ?? []];
        return possible switch
        {
            [string only] => only,
            [] => throw ForbiddenException.Of(role, null),
            _ => throw new DataException($"'project' is missing: you may do this in {string.Join(", ", possible.Select(id => $"'{platform.Projects.Get(id).Name}'"))}."),
        };
    }
}
