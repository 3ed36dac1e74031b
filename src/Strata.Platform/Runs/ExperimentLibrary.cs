using System.Data;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Runs;

/// <summary>All experiments: the named groups of runs.</summary>
public sealed class ExperimentLibrary
{
    private readonly DataStore store;
    private readonly TimeProvider clock;

    internal ExperimentLibrary(DataStore store, TimeProvider clock) => (this.store, this.clock) = (store, clock);

    /// <summary>Makes an experiment.</summary>
    /// <param name="name">What it is called; once in a project, deleted experiments included.</param>
    /// <param name="artifactLocation">Where its runs' artifacts go, an address of this server; null for one of its own.</param>
    /// <param name="tags">What is noted of it.</param>
    /// <param name="project">Whose it is.</param>
    /// <exception cref="NameTakenException">The project has one of that name.</exception>
    /// <exception cref="DataException">The name, a tag or the location cannot be taken.</exception>
    public async Task<Experiment> CreateAsync(string name, string? artifactLocation = null, IReadOnlyDictionary<string, string>? tags = null, string project = ProjectScope.Usual)
    {
        LoggedText.Throw(problems =>
        {
            LoggedText.CheckName(name, "the experiment", problems);
            LoggedText.CheckTags(tags ?? new Dictionary<string, string>(), LoggedText.MostTag, problems);
        });
        string id = NewId.Next();
        DateTimeOffset now = clock.GetUtcNow();
        var experiment = new Experiment
        {
            Id = id,
            Project = project,
            Name = name,
            ArtifactLocation = LocationOf(artifactLocation, id),
            CreatedAt = now,
            UpdatedAt = now,
            Tags = tags ?? new Dictionary<string, string>(),
        };
        await store.Database.WriteAsync(connection =>
        {
            ThrowIfTaken(connection, project, name);
            ExperimentTable.Insert(connection, experiment);
        }).ConfigureAwait(false);
        return experiment;
    }

    /// <exception cref="NotFoundException">There is no such experiment.</exception>
    public Experiment Get(string id) => store.Database.Read(connection => ExperimentTable.Get(connection, id));

    /// <summary>The project of an experiment; null when there is none.</summary>
    public string? ProjectOf(string id) => store.Database.Read(connection => ExperimentTable.ProjectOf(connection, id));

    /// <summary>The experiment of that name, also a deleted one; null where there is none.</summary>
    public Experiment? FindByName(string name, string project = ProjectScope.Usual) => store.Database.Read(connection => ExperimentTable.FindByName(connection, project, name));

    /// <summary>The experiments that fit a filter over <c>name</c>, <c>creation_time</c>, <c>last_update_time</c> and <c>tags</c>; the newest first unless told otherwise.</summary>
    /// <exception cref="DataException">The filter, an order or the token is wrong.</exception>
    public SearchPage<Experiment> Search(SearchRequest asked, IReadOnlyCollection<string>? projects = null)
    {
        ArgumentNullException.ThrowIfNull(asked);
        return store.Database.Read(connection => ExperimentTable.Search(connection, asked, ProjectScope.Text(projects)));
    }

    /// <summary>What goes on in experiments; those without runs are left out.</summary>
    public IReadOnlyDictionary<string, ExperimentActivity> Activity(IReadOnlyCollection<string> ids) =>
        ids.Count == 0 ? new Dictionary<string, ExperimentActivity>() : store.Database.Read(connection => RunTable.Activity(connection, ids));

    /// <exception cref="NameTakenException">The project has another one of that name.</exception>
    public Task RenameAsync(string id, string name)
    {
        LoggedText.Throw(problems => LoggedText.CheckName(name, "the experiment", problems));
        return ChangeAsync(id, (connection, experiment) =>
        {
            if (experiment.IsDeleted)
            {
                throw new ConflictException($"The experiment '{experiment.Name}' ({id}) is deleted and cannot be renamed. Restore it first.");
            }

            if (experiment.Name == Experiment.DefaultName)
            {
                throw new DataException($"The experiment '{experiment.Name}' ({id}) is where trainings go that name no other; it keeps its name.");
            }

            if (experiment.Name != name)
            {
                ThrowIfTaken(connection, experiment.Project, name);
                ExperimentTable.Rename(connection, id, name);
            }
        });
    }

    /// <summary>Sets a tag.</summary>
    public Task SetTagAsync(string id, string name, string value)
    {
        LoggedText.Throw(problems => LoggedText.CheckTags(new Dictionary<string, string> { [name] = value }, LoggedText.MostTag, problems));
        return ChangeAsync(id, (connection, experiment) =>
        {
            experiment.ThrowIfDeleted();
            ExperimentTable.SetTags(connection, id, [KeyValuePair.Create(name, value)]);
        });
    }

    /// <exception cref="NotFoundException">It has no such tag.</exception>
    public Task DeleteTagAsync(string id, string name) => ChangeAsync(id, (connection, experiment) =>
    {
        experiment.ThrowIfDeleted();
        if (!ExperimentTable.DeleteTag(connection, id, name))
        {
            throw new NotFoundException($"The experiment '{experiment.Name}' has no tag '{name}'.");
        }
    });

    /// <summary>Takes it out of use, and its runs with it; they can be restored until they are purged.</summary>
    /// <exception cref="NotFoundException">There is none, or it is deleted already.</exception>
    public Task DeleteAsync(string id) => ChangeAsync(id, (connection, experiment) =>
    {
        if (experiment.IsDeleted)
        {
            throw new NotFoundException($"The experiment '{experiment.Name}' ({id}) is deleted already.");
        }

        if (experiment.Name == Experiment.DefaultName)
        {
            throw new DataException($"The experiment '{experiment.Name}' ({id}) is where trainings go that name no other; it cannot be deleted.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        ExperimentTable.MarkDeleted(connection, id, now);
        RunTable.DeleteOf(connection, id, now);
    });

    /// <summary>Takes it back into use, and with it the runs that were deleted with it.</summary>
    /// <exception cref="NotFoundException">There is none, or it is not deleted.</exception>
    public Task RestoreAsync(string id) => ChangeAsync(id, (connection, experiment) =>
    {
        if (experiment.DeletedAt is not DateTimeOffset deletedAt)
        {
            throw new NotFoundException($"The experiment '{experiment.Name}' ({id}) is not deleted.");
        }

        ExperimentTable.MarkDeleted(connection, id, null);
        RunTable.RestoreOf(connection, id, deletedAt);
    });

    private static string LocationOf(string? asked, string id)
    {
        if (string.IsNullOrEmpty(asked))
        {
            return ArtifactAddress.OfExperiment(id);
        }

        string path = ArtifactAddress.PathOf(asked) ?? throw new DataException($"The artifact location '{asked}' is not one of this server; expected none, or {ArtifactAddress.Scheme} and a path.");
        return ArtifactAddress.Scheme + ArtifactAddress.Check(path, "The artifact location");
    }

    private static void ThrowIfTaken(IDbConnection connection, string project, string name)
    {
        if (ExperimentTable.FindByName(connection, project, name) is Experiment other)
        {
            string deleted = other.IsDeleted ? " and is deleted: restore it, or take another name until it is purged" : string.Empty;
            throw new NameTakenException($"Experiment(name={name}) already exists; its id is {other.Id}{deleted}.");
        }
    }

    private Task ChangeAsync(string id, Action<IDbConnection, Experiment> change) => store.Database.WriteAsync(connection =>
    {
        change(connection, ExperimentTable.Get(connection, id));
        ExperimentTable.Touch(connection, id, clock.GetUtcNow());
    });
}
