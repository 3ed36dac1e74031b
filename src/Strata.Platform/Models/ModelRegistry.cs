using System.Buffers;
using System.Data;
using Strata.Platform.Runs;
using Strata.Platform.Storage;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Models;

/// <summary>All registered models and their versions. What changes in status, alias or name is also written to a history that only grows.</summary>
public sealed partial class ModelRegistry
{
    private const int MostDescription = 100_000;
    private static readonly SearchValues<char> AddressLetters = SearchValues.Create("/:\\@#?%");

    private readonly DataStore store;
    private readonly TimeProvider clock;

    internal ModelRegistry(DataStore store, TimeProvider clock) => (this.store, this.clock) = (store, clock);

    /// <exception cref="NameTakenException">The project has a registered model of that name.</exception>
    public async Task<RegisteredModel> CreateAsync(string name, string? description = null, IReadOnlyDictionary<string, string>? tags = null, string project = ProjectScope.Usual, string? by = null)
    {
        RegisteredModel model = New(name, description, tags, project);
        await store.Database.WriteAsync(connection =>
        {
            ThrowIfTaken(connection, project, name);
            Add(connection, model, by);
        }).ConfigureAwait(false);
        return model;
    }

    /// <exception cref="NotFoundException">There is no such registered model.</exception>
    public RegisteredModel Get(string name, string project = ProjectScope.Usual) => store.Database.Read(connection => Find(connection, project, name));

    /// <summary>The registered models that fit a filter over <c>name</c> and <c>tags</c>; by name unless told otherwise.</summary>
    public SearchPage<RegisteredModel> Search(SearchRequest asked, string project = ProjectScope.Usual) => store.Database.Read(connection => RegistryTable.SearchModels(connection, asked, project));

    /// <summary>The versions that fit a filter over <c>name</c>, <c>run_id</c>, <c>source_path</c>, <c>version_number</c> and <c>tags</c>; the last changed first unless told otherwise.</summary>
    public SearchPage<ModelVersion> SearchVersions(SearchRequest asked, string project = ProjectScope.Usual) => store.Database.Read(connection => RegistryTable.SearchVersions(connection, asked, project));

    /// <exception cref="NameTakenException">The project has another one of that name.</exception>
    public async Task<RegisteredModel> RenameAsync(string name, string newName, string project = ProjectScope.Usual)
    {
        LoggedText.Throw(problems => CheckName(newName, problems));
        await ChangeAsync(project, name, (connection, model) =>
        {
            if (newName != name)
            {
                ThrowIfTaken(connection, project, newName);
                RegistryTable.Rename(connection, model.Id, newName);
                Note(connection, model, null, RegistryChanges.Renamed, name, newName);
            }
        }).ConfigureAwait(false);
        return Get(newName, project);
    }

    public async Task<RegisteredModel> DescribeAsync(string name, string description, string project = ProjectScope.Usual)
    {
        LoggedText.Throw(problems => LoggedText.CheckValue(description, MostDescription, "The description", problems));
        await ChangeAsync(project, name, (connection, model) => RegistryTable.Describe(connection, model.Id, description)).ConfigureAwait(false);
        return Get(name, project);
    }

    /// <summary>Removes a registered model with its versions; their files belong to runs and stay.</summary>
    public Task DeleteAsync(string name, string project = ProjectScope.Usual) => store.Database.WriteAsync(connection =>
    {
        RegisteredModel model = Find(connection, project, name);
        ThrowIfServed(model, RegistryTable.OfStatus(connection, model.Id, ModelVersionStatus.Production));
        foreach (ModelVersion version in RegistryTable.OfStatus(connection, model.Id, ModelVersionStatus.Production))
        {
            Note(connection, model, version.Version, RegistryChanges.Deleted, JsonText.NameOf(version.Status), null);
        }

        Note(connection, model, null, RegistryChanges.Deleted, name, null);
        RegistryTable.Delete(connection, model.Id);
    });

    public Task SetTagAsync(string name, string key, string value, string project = ProjectScope.Usual)
    {
        LoggedText.Throw(problems => LoggedText.CheckTags(new Dictionary<string, string> { [key] = value }, LoggedText.MostRegistryTag, problems));
        return ChangeAsync(project, name, (connection, model) => RegistryTable.SetTags(connection, model.Id, [KeyValuePair.Create(key, value)]));
    }

    /// <summary>Removes a tag, if it is there.</summary>
    public Task DeleteTagAsync(string name, string key, string project = ProjectScope.Usual) => ChangeAsync(project, name, (connection, model) => RegistryTable.DeleteTag(connection, model.Id, key));

    /// <summary>Lets an alias mean a version, whatever it meant before.</summary>
    /// <exception cref="NotFoundException">There is no such version.</exception>
    public Task SetAliasAsync(string name, string alias, int version, string project = ProjectScope.Usual)
    {
        CheckAlias(alias);
        return ChangeAsync(project, name, (connection, model) => SetAlias(connection, model, alias, version, null));
    }

    /// <summary>Removes an alias, if it is there.</summary>
    public Task DeleteAliasAsync(string name, string alias, string project = ProjectScope.Usual) => ChangeAsync(project, name, (connection, model) =>
    {
        if (model.Aliases.TryGetValue(alias, out int version))
        {
            RegistryTable.DeleteAlias(connection, model.Id, alias);
            Note(connection, model, version, RegistryChanges.Alias, $"{alias}: {version}", null);
        }
    });

    /// <summary>The version that an alias means.</summary>
    /// <exception cref="NotFoundException">There is no such alias.</exception>
    public ModelVersion GetByAlias(string name, string alias, string project = ProjectScope.Usual) => store.Database.Read(connection =>
    {
        RegisteredModel model = Find(connection, project, name);
        return model.Aliases.TryGetValue(alias, out int version) ? GetVersion(connection, model, version) : throw new NotFoundException($"Registered model alias {alias} not found.");
    });

    /// <summary>Registers the next version of a model.</summary>
    /// <exception cref="DataException">The source is not one that versions may have.</exception>
    /// <exception cref="NotFoundException">There is no such registered model, or nothing at the source.</exception>
    public Task<ModelVersion> RegisterAsync(string name, NewModelVersion asked, string project = ProjectScope.Usual, string? by = null)
    {
        ArgumentNullException.ThrowIfNull(asked);
        Check(asked);
        return store.Database.WriteAsync(connection => Add(connection, Find(connection, project, name), asked, by));
    }

    /// <summary>Registers a stored model as the next version of a name, which is made when missing. Registered already, it is the version that is there.</summary>
    /// <exception cref="NotFoundException">The project has no such stored model.</exception>
    public Task<ModelVersion> RegisterModelAsync(string name, string modelId, NewModelVersion? told = null, string? alias = null, string project = ProjectScope.Usual, string? by = null)
    {
        NewModelVersion asked = (told ?? new NewModelVersion(string.Empty)) with { Source = ModelSource.OfStored(modelId) };
        Check(asked);
        if (alias is not null)
        {
            CheckAlias(alias);
        }

        RegisteredModel made = New(name, null, null, project);
        return store.Database.WriteAsync(connection =>
        {
            bool isNew = RegistryTable.FindId(connection, project, name) is null;
            if (isNew)
            {
                Add(connection, made, by);
            }

            RegisteredModel model = Find(connection, project, name);
            ModelVersion version = RegistryTable.FindVersionOf(connection, model.Id, modelId) is string known ? RegistryTable.LoadVersions(connection, [known])[0] : Add(connection, model, asked, by);
            if (alias is not null && model.Aliases.GetValueOrDefault(alias) != version.Version)
            {
                SetAlias(connection, model, alias, version.Version, by);
            }

            return RegistryTable.LoadVersions(connection, [version.Id])[0];
        });
    }

    /// <exception cref="NotFoundException">There is no such version.</exception>
    public ModelVersion GetVersion(string name, int version, string project = ProjectScope.Usual) => store.Database.Read(connection => GetVersion(connection, Find(connection, project, name), version));

    public Task<ModelVersion> DescribeVersionAsync(string name, int version, string description, string project = ProjectScope.Usual)
    {
        LoggedText.Throw(problems => LoggedText.CheckValue(description, MostDescription, "The description", problems));
        return ChangeVersionAsync(project, name, version, (connection, _, id) => RegistryTable.DescribeVersion(connection, id, description));
    }

    public Task SetVersionTagAsync(string name, int version, string key, string value, string project = ProjectScope.Usual)
    {
        LoggedText.Throw(problems => LoggedText.CheckTags(new Dictionary<string, string> { [key] = value }, LoggedText.MostRegistryTag, problems));
        return ChangeVersionAsync(project, name, version, (connection, _, id) => RegistryTable.SetVersionTags(connection, id, [KeyValuePair.Create(key, value)]));
    }

    /// <summary>Removes a tag, if it is there.</summary>
    public Task DeleteVersionTagAsync(string name, int version, string key, string project = ProjectScope.Usual) =>
        ChangeVersionAsync(project, name, version, (connection, _, id) => RegistryTable.DeleteVersionTag(connection, id, key));

    /// <summary>Moves a version to another status.</summary>
    /// <param name="name">The registered model.</param>
    /// <param name="version">Its version.</param>
    /// <param name="status">The new status.</param>
    /// <param name="archiveOthers">Whether all other versions of that status are archived.</param>
    /// <param name="project">Whose it is.</param>
    /// <param name="by">Who does it.</param>
    /// <exception cref="ConflictException">Rules say what goes into production, or a deployment serves what is there.</exception>
    public Task<ModelVersion> SetStatusAsync(string name, int version, ModelVersionStatus status, bool archiveOthers = false, string project = ProjectScope.Usual, string? by = null) =>
        ChangeVersionAsync(project, name, version, (connection, model, id) =>
        {
            ModelVersion moved = RegistryTable.LoadVersions(connection, [id])[0];
            if (status == ModelVersionStatus.Production && moved.Status != status && !model.Rules.AreEmpty)
            {
                throw new ConflictException($"'{name}' has rules of promotion: version {version} goes into production by a promotion only.");
            }

            if (status != ModelVersionStatus.Production)
            {
                ThrowIfServed(model, [moved]);
            }

            if (archiveOthers)
            {
                foreach (ModelVersion other in RegistryTable.OfStatus(connection, model.Id, status).Where(other => other.Version != version))
                {
                    Move(connection, model, other, ModelVersionStatus.Archived, new RegistryChange(0, name, null, RegistryChanges.Status, null, null, clock.GetUtcNow()) { By = by });
                }
            }

            Move(connection, model, moved, status, new RegistryChange(0, name, null, RegistryChanges.Status, null, null, clock.GetUtcNow()) { By = by });
        });

    /// <summary>Removes a version with its aliases; its number is not given again.</summary>
    public Task DeleteVersionAsync(string name, int version, string project = ProjectScope.Usual) => ChangeAsync(project, name, (connection, model) =>
    {
        string id = VersionId(connection, model, version);
        ModelVersion gone = RegistryTable.LoadVersions(connection, [id])[0];
        ThrowIfServed(model, [gone]);
        RegistryTable.DeleteVersion(connection, model.Id, id, version);
        Note(connection, model, version, RegistryChanges.Deleted, JsonText.NameOf(gone.Status), null);
    });

    /// <summary>What has happened to a registered model, the first change first.</summary>
    public IReadOnlyList<RegistryChange> Changes(string name, long after = 0, int count = 1000, string project = ProjectScope.Usual) =>
        store.Database.Read(connection => RegistryChangeTable.Read(connection, Find(connection, project, name).Id, after, count));

    private static RegisteredModel Find(IDbConnection connection, string project, string name) =>
        RegistryTable.FindId(connection, project, name) is string id ? RegistryTable.Load(connection, [id])[0] : throw new NotFoundException($"Registered Model with name={name} not found.");

    private static ModelVersion GetVersion(IDbConnection connection, RegisteredModel model, int version) => RegistryTable.LoadVersions(connection, [VersionId(connection, model, version)])[0];

    private static string VersionId(IDbConnection connection, RegisteredModel model, int version) =>
        RegistryTable.FindVersionId(connection, model.Id, version) ?? throw new NotFoundException($"Model Version (name={model.Name}, version={version}) not found.");

    private static void ThrowIfTaken(IDbConnection connection, string project, string name)
    {
        if (RegistryTable.FindId(connection, project, name) is not null)
        {
            throw new NameTakenException($"Registered Model (name={name}) already exists.");
        }
    }

    /// <summary>Names are parts of addresses such as <c>models:/NAME/1</c>.</summary>
    private static void CheckName(string name, List<string> problems)
    {
        LoggedText.CheckName(name, "the registered model", problems);
        if (name.AsSpan().ContainsAny(AddressLetters) || name is "." or "..")
        {
            problems.Add($"The registered model's name '{name}' has a character that addresses use; expected none of / : \\ @ # ? %.");
        }
    }

    private static void CheckAlias(string alias)
    {
        if (alias.Length is 0 or > 255 || alias.Any(letter => !(char.IsLetterOrDigit(letter) || letter is '_' or '-'))
            || alias.Equals("latest", StringComparison.OrdinalIgnoreCase) || (alias[0] is 'v' or 'V' && alias.Length > 1 && alias.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0))
        {
            throw new DataException($"Invalid alias name: '{alias}'. Expected letters, digits, _ and -, and neither 'latest' nor 'v' with a number.");
        }
    }

    private static void Check(NewModelVersion asked) => LoggedText.Throw(problems =>
    {
        LoggedText.CheckValue(asked.Source, 2000, "The source", problems);
        LoggedText.CheckValue(asked.Description, MostDescription, "The description", problems);
        LoggedText.CheckValue(asked.RunLink ?? string.Empty, 2000, "The link to the run", problems);
        LoggedText.CheckTags(asked.Tags, LoggedText.MostRegistryTag, problems);
    });

    private RegisteredModel New(string name, string? description, IReadOnlyDictionary<string, string>? tags, string project)
    {
        LoggedText.Throw(problems =>
        {
            CheckName(name, problems);
            LoggedText.CheckValue(description ?? string.Empty, MostDescription, "The description", problems);
            LoggedText.CheckTags(tags ?? new Dictionary<string, string>(), LoggedText.MostRegistryTag, problems);
        });
        DateTimeOffset now = clock.GetUtcNow();
        return new RegisteredModel
        {
            Id = NewId.Next(),
            Project = project,
            Name = name,
            Description = description ?? string.Empty,
            CreatedAt = now,
            UpdatedAt = now,
            Tags = tags ?? new Dictionary<string, string>(),
        };
    }

    private void Add(IDbConnection connection, RegisteredModel model, string? by)
    {
        RegistryTable.Insert(connection, model);
        Note(connection, model, null, RegistryChanges.Registered, null, model.Name, by);
    }

    private ModelVersion Add(IDbConnection connection, RegisteredModel model, NewModelVersion asked, string? by)
    {
        (string location, string? runId, string? modelId) = ModelSource.Resolve(connection, model.Project, asked.Source);
        DateTimeOffset now = clock.GetUtcNow();
        var version = new ModelVersion
        {
            Id = NewId.Next(),
            Name = model.Name,
            Version = RegistryTable.NextVersion(connection, model.Id),
            Description = asked.Description,
            Source = asked.Source,
            Location = location,
            RunId = asked.RunId ?? runId,
            RunLink = asked.RunLink,
            ModelId = modelId,
            CreatedAt = now,
            UpdatedAt = now,
            Tags = asked.Tags,
        };
        RegistryTable.Insert(connection, model.Id, version);
        RegistryTable.Touch(connection, model.Id, now);
        Note(connection, model, version.Version, RegistryChanges.Registered, null, asked.Source, by);
        return version;
    }

    private void SetAlias(IDbConnection connection, RegisteredModel model, string alias, int version, string? by)
    {
        _ = VersionId(connection, model, version);
        RegistryTable.SetAlias(connection, model.Id, alias, version);
        Note(connection, model, version, RegistryChanges.Alias, model.Aliases.TryGetValue(alias, out int before) ? $"{alias}: {before}" : null, $"{alias}: {version}", by);
    }

    private void Note(IDbConnection connection, RegisteredModel model, int? version, string what, string? before, string? after, string? by = null) =>
        RegistryChangeTable.Append(connection, model.Id, new RegistryChange(0, model.Name, version, what, before, after, clock.GetUtcNow()) { By = by });

    private Task ChangeAsync(string project, string name, Action<IDbConnection, RegisteredModel> change) => store.Database.WriteAsync(connection =>
    {
        RegisteredModel model = Find(connection, project, name);
        change(connection, model);
        RegistryTable.Touch(connection, model.Id, clock.GetUtcNow());
    });

    private Task<ModelVersion> ChangeVersionAsync(string project, string name, int version, Action<IDbConnection, RegisteredModel, string> change) => store.Database.WriteAsync(connection =>
    {
        RegisteredModel model = Find(connection, project, name);
        string id = VersionId(connection, model, version);
        change(connection, model, id);
        RegistryTable.TouchVersion(connection, id, clock.GetUtcNow());
        RegistryTable.Touch(connection, model.Id, clock.GetUtcNow());
        return RegistryTable.LoadVersions(connection, [id])[0];
    });
}
