using System.Data;
using Dapper;
using Strata.Platform.Storage;

namespace Strata.Platform.Accounts;

/// <summary>All projects, and who may do what in them.</summary>
public sealed class ProjectDirectory
{
    private const int LongestDescription = 2000;

    private readonly DataStore store;
    private readonly AuditLog audit;
    private readonly TimeProvider clock;

    internal ProjectDirectory(DataStore store, AuditLog audit, TimeProvider clock) => (this.store, this.audit, this.clock) = (store, audit, clock);

    /// <exception cref="NotFoundException">There is no such project.</exception>
    public Project Get(string id) => store.Database.Read(connection => Get(connection, id));

    /// <summary>By its id or its name; null when there is none.</summary>
    public Project? FindNamed(string name) => store.Database.Read(connection => ProjectTable.FindNamed(connection, name));

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Project> List() => store.Database.Read(ProjectTable.List);

    public IReadOnlyList<Membership> Members(string id) => store.Database.Read(connection => MembershipTable.List(connection, Get(connection, id).Id));

    /// <exception cref="ConflictException">The name is taken.</exception>
    public Task<Project> CreateAsync(Actor actor, string name, string description)
    {
        ArgumentNullException.ThrowIfNull(description);
        string text = description.Length <= LongestDescription ? description : throw new Learning.Data.DataException($"The description has {description.Length} characters; it takes up to {LongestDescription}.");
        var project = new Project(NewId.Next(), AccountName.Checked("project", name), text, clock.GetUtcNow());
        return store.Database.WriteAsync(connection =>
        {
            UserDirectory.ThrowIfTaken("project", project.Name, ProjectTable.FindNamed(connection, project.Name) is not null);
            ProjectTable.Insert(connection, project);
            audit.Add(connection, actor, "create_project", $"project/{project.Id}", project.Name);
            return project;
        });
    }

    /// <summary>Removes an empty project.</summary>
    /// <exception cref="ConflictException">Things belong to it, or it is the one that always exists.</exception>
    public Task DeleteAsync(Actor actor, string id) => store.Database.WriteAsync(connection =>
    {
        Project project = Get(connection, id);
        if (id == ProjectScope.Usual)
        {
            throw new ConflictException("The project 'default' always exists.");
        }

        int things = connection.ExecuteScalar<int>("select count(*) from project_things where project = @id", new { id });
        if (things > 0)
        {
            throw new ConflictException($"{things} things belong to the project '{project.Name}'. Delete them first.");
        }

        MembershipTable.RemoveProject(connection, id);
        ProjectTable.Delete(connection, id);
        audit.Add(connection, actor, "delete_project", $"project/{id}", project.Name);
    });

    /// <summary>Gives a user or a team a role, in place of the one that they had. It counts from the next request on.</summary>
    public Task SetMemberAsync(Actor actor, string id, MemberKind kind, string memberId, Role role) => store.Database.WriteAsync(connection =>
    {
        (Project project, string name) = (Get(connection, id), NameOf(connection, kind, memberId));
        MembershipTable.Save(connection, id, kind, memberId, role);
        audit.Add(connection, actor, "set_member", $"project/{id}", $"{name} is {JsonText.NameOf(role)} of {project.Name}");
    });

    /// <exception cref="NotFoundException">They are no member.</exception>
    public Task RemoveMemberAsync(Actor actor, string id, MemberKind kind, string memberId) => store.Database.WriteAsync(connection =>
    {
        Project project = Get(connection, id);
        if (MembershipTable.Remove(connection, id, kind, memberId) == 0)
        {
            throw NotFoundException.Of("member", memberId);
        }

        audit.Add(connection, actor, "remove_member", $"project/{id}", $"{JsonText.NameOf(kind)} {memberId} from {project.Name}");
    });

    private static Project Get(IDbConnection connection, string id) => ProjectTable.Find(connection, id) ?? throw NotFoundException.Of("project", id);

    private static string NameOf(IDbConnection connection, MemberKind kind, string id) =>
        kind == MemberKind.User ? UserDirectory.Get(connection, id).Name : UserDirectory.GetTeam(connection, id).Name;
}
