using Strata.Platform.Accounts;

namespace Strata.Server.Safety;

/// <summary>Whom a route is for. Every route has exactly one; one without is refused to everybody.</summary>
internal sealed record Policy
{
    /// <summary>Whether it is for people who are not logged in too.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether it is for administrators only.</summary>
    public bool IsForAdmins { get; init; }

    /// <summary>The role that it takes: in the thing's project, or, without a thing, in some project, which the endpoint then settles by <see cref="Caller.ProjectFor"/> or <see cref="Caller.Require"/>.</summary>
    public Role? Role { get; init; }

    /// <summary>What the address names; null when nothing.</summary>
    public Thing? Thing { get; init; }

    /// <summary>Which part of the address names it.</summary>
    public string IdName { get; init; } = "id";
}

/// <summary>The password must have been given lately.</summary>
internal sealed record NeedsConfirmation;

/// <summary>The gate writes nothing into the audit log: the room does, or what happens is no change that anybody asks after.</summary>
internal sealed record NotAudited;

/// <summary>Replicas answer it too: it predicts, or looks.</summary>
internal sealed record AnsweredByReplicas;

/// <summary>States a route's policy where it is mapped.</summary>
internal static class Policies
{
    /// <summary>For everybody, logged in or not. The few routes that are stand on a list in the tests.</summary>
    public static TBuilder Open<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Policy { IsOpen = true });

    /// <summary>For all users: catalogs, their own account, and lists, which show what the caller's projects hold.</summary>
    public static TBuilder ForUsers<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Policy());

    /// <summary>For those who administer users and projects.</summary>
    public static TBuilder ForAdmins<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Policy { IsForAdmins = true });

    /// <summary>For those with the role in some project. The endpoint says which, by <see cref="Caller.ProjectFor"/> for something new or <see cref="Caller.Require"/> for an id in the body.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Role role)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Policy { Role = role });

    /// <summary>For those with the role in the project of the thing that the address names.</summary>
    public static TBuilder Needs<TBuilder>(this TBuilder route, Role role, Thing thing, string idName = "id")
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Policy { Role = role, Thing = thing, IdName = idName });

    /// <summary>A dangerous act: the password must have been given within the last minutes, or come with the request.</summary>
    public static TBuilder Confirmed<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NeedsConfirmation());

    /// <summary>Replicas answer it too.</summary>
    public static TBuilder OnReplicas<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new AnsweredByReplicas());

    /// <summary>The gate leaves it out of the audit log.</summary>
    public static TBuilder Unaudited<TBuilder>(this TBuilder route)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new NotAudited());
}
