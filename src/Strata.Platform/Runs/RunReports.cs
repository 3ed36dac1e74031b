using System.Data;
using Dapper;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Runs;

/// <summary>What programs report of their runs, and what people change of any run afterwards.</summary>
public sealed class RunReports
{
    private const int MostDatasets = 100;

    private readonly DataStore store;
    private readonly TimeProvider clock;

    internal RunReports(DataStore store, TimeProvider clock) => (this.store, this.clock) = (store, clock);

    /// <summary>Begins a run that another program carries out.</summary>
    /// <exception cref="NotFoundException">There is no such experiment.</exception>
    /// <exception cref="DataException">The experiment is deleted, or a name or tag cannot be taken.</exception>
    public async Task<Run> BeginAsync(NewRun begun)
    {
        ArgumentNullException.ThrowIfNull(begun);
        string name = NameOf(begun);
        LoggedText.Throw(problems =>
        {
            LoggedText.CheckName(name, "the run", problems);
            LoggedText.CheckValue(begun.UserId, LoggedText.MostName, "The user id", problems);
            LoggedText.CheckTags(begun.Tags, LoggedText.MostTag, problems);
        });
        DateTimeOffset now = clock.GetUtcNow();
        string id = NewId.Next();
        return await store.Database.WriteAsync(connection =>
        {
            Experiment experiment = ExperimentTable.Get(connection, begun.ExperimentId);
            experiment.ThrowIfDeleted();
            var run = new Run
            {
                Id = id,
                Name = name,
                Project = experiment.Project,
                ExperimentId = experiment.Id,
                Status = RunStatus.Running,
                UserId = begun.UserId,
                ArtifactLocation = ArtifactAddress.OfRun(experiment.ArtifactLocation, id),
                Tags = begun.Tags,
                CreatedAt = now,
                StartedAt = begun.StartedAt ?? now,
            };
            RunTable.Insert(connection, run);
            return RunTable.Get(connection, id);
        }).ConfigureAwait(false);
    }

    /// <summary>Says how far a run is, or renames it; what is null stays as it is. The state of a run with a job is its job's.</summary>
    public Task<Run> UpdateAsync(string id, RunStatus? status, DateTimeOffset? endedAt, string? name)
    {
        if (name is not null)
        {
            LoggedText.Throw(problems => LoggedText.CheckName(name, "the run", problems));
        }

        return WriteAsync(id, (connection, run) =>
        {
            bool isOwn = run.JobId is not null;
            RunTable.Update(connection, id, isOwn ? run.Status : status ?? run.Status, isOwn ? run.EndedAt : endedAt ?? run.EndedAt, name ?? run.Name);
            return RunTable.Get(connection, id);
        });
    }

    /// <summary>Notes metrics, parameters and tags: all of them, or none.</summary>
    /// <exception cref="DataException">Something cannot be noted, or a parameter has another value already.</exception>
    public Task LogAsync(string id, LogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        entry.Check();
        return WriteAsync(id, (connection, _) =>
        {
            MetricPoints.Store(connection, id, entry.Metrics, stepsAreKeys: false);
            AddParameters(connection, id, entry.Parameters);
            RunTable.SetTags(connection, id, entry.Tags);
            if (entry.Tags.LastOrDefault(tag => tag.Key == Run.NameTag) is { Key: not null, Value: string name })
            {
                LoggedText.Throw(problems => LoggedText.CheckName(name, "the run", problems));
                connection.Execute("update runs set name = @name where id = @id", new { id, name });
            }

            return true;
        });
    }

    /// <exception cref="NotFoundException">The run has no such tag.</exception>
    public Task DeleteTagAsync(string id, string name) => WriteAsync(id, (connection, _) =>
        RunTable.DeleteTag(connection, id, name) ? true : throw new NotFoundException($"The run {id} has no tag '{name}'."));

    /// <summary>Changes one tag by what it holds now, null where it is not set.</summary>
    public Task ChangeTagAsync(string id, string name, Func<string?, string> change) => WriteAsync(id, (connection, _) =>
    {
        string? before = connection.ExecuteScalar<string?>("select value from run_tags where run_id = @id and name = @name", new { id, name });
        RunTable.SetTags(connection, id, [KeyValuePair.Create(name, change(before))]);
        return true;
    });

    /// <summary>Notes datasets that the run used; one that is noted already stays as it is.</summary>
    public Task AddInputsAsync(string id, IReadOnlyList<DatasetInput> inputs)
    {
        LoggedText.Throw(problems => Check(inputs, problems));
        return WriteAsync(id, (connection, run) =>
        {
            InputTable.Add(connection, run.ExperimentId, id, inputs);
            return true;
        });
    }

    /// <summary>Takes a run out of use; it can be restored until it is purged.</summary>
    /// <exception cref="NotFoundException">There is no such run.</exception>
    public Task DeleteAsync(string id) => store.Database.WriteAsync(connection =>
    {
        if (!RunTable.GetHead(connection, id).IsDeleted)
        {
            RunTable.MarkDeleted(connection, id, clock.GetUtcNow());
        }
    });

    /// <exception cref="NotFoundException">There is no such run.</exception>
    /// <exception cref="DataException">Its experiment is deleted.</exception>
    public Task RestoreAsync(string id) => store.Database.WriteAsync(connection =>
    {
        ExperimentTable.Get(connection, RunTable.GetHead(connection, id).ExperimentId).ThrowIfDeleted();
        RunTable.MarkDeleted(connection, id, null);
    });

    /// <summary>Writes to a run that is in use.</summary>
    private Task<T> WriteAsync<T>(string id, Func<IDbConnection, Run, T> work) => store.Database.WriteAsync(connection =>
    {
        Run run = RunTable.GetHead(connection, id);
        run.ThrowIfDeleted();
        return work(connection, run);
    });

    private static void AddParameters(IDbConnection connection, string id, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        if (parameters.Count == 0)
        {
            return;
        }

        Dictionary<string, string> known = connection
            .Query<(string Name, string Value)>("select name, value from run_parameters where run_id = @id and name in @names", new { id, names = parameters.Select(parameter => parameter.Key) })
            .ToDictionary(row => row.Name, row => row.Value, StringComparer.Ordinal);
        DataException.ThrowIfAny([.. parameters.Where(parameter => known.TryGetValue(parameter.Key, out string? value) && value != parameter.Value).Select(parameter =>
            $"Parameter '{parameter.Key}' of run {id} is '{known[parameter.Key]}' already and cannot be changed to '{parameter.Value}'. Parameters are noted once.")]);
        RunTable.SetParameters(connection, id, parameters.Where(parameter => !known.ContainsKey(parameter.Key)).DistinctBy(parameter => parameter.Key));
    }

    private static string NameOf(NewRun begun)
    {
        string? tag = begun.Tags.GetValueOrDefault(Run.NameTag);
        return begun.Name is { Length: > 0 } name
            ? tag is { Length: > 0 } && tag != name ? throw new DataException($"The run's name is '{name}', its tag {Run.NameTag} '{tag}'; expected the same, or one of them.") : name
            : tag is { Length: > 0 } ? tag : RunNames.Next();
    }

    private static void Check(IReadOnlyList<DatasetInput> inputs, List<string> problems)
    {
        if (inputs.Count > MostDatasets)
        {
            problems.Add($"There are {inputs.Count} datasets; at most {MostDatasets} are taken at once.");
        }

        foreach (DatasetInput input in inputs)
        {
            LoggedText.CheckName(input.Name, "the dataset", problems);
            LoggedText.CheckName(input.Digest, "the dataset's digest", problems);
            LoggedText.CheckValue(input.Digest, 36, $"The digest of '{input.Name}'", problems);
            LoggedText.CheckValue(input.Source, 65_535, $"The source of '{input.Name}'", problems);
            LoggedText.CheckValue(input.Schema ?? string.Empty, 65_535, $"The schema of '{input.Name}'", problems);
            LoggedText.CheckValue(input.Profile ?? string.Empty, 16_777_215, $"The profile of '{input.Name}'", problems);
            LoggedText.CheckTags(input.Tags, LoggedText.MostTag, problems);
        }
    }
}
