using System.Data;
using System.Globalization;
using Dapper;
using Strata.Platform.Runs;
using DataException = Strata.Learning.Data.DataException;

namespace Strata.Platform.Models;

/// <summary>Where a version's files may come from: stored models, runs, logged models and other versions of this server. Files, other hosts and anything that climbs out are refused.</summary>
internal static class ModelSource
{
    private const string RunScheme = "runs:/";
    private const string ModelScheme = "models:/";
    private const string StoredScheme = "strata:/models/";

    /// <summary>The source of a version that is a stored model.</summary>
    public static string OfStored(string modelId) => StoredScheme + modelId;

    /// <summary>The artifact address that a source means, the run that it names, and the stored model that it is.</summary>
    /// <exception cref="DataException">It is not a source that versions may have.</exception>
    /// <exception cref="NotFoundException">It names a run, model or version that is not there.</exception>
    public static (string Location, string? RunId, string? ModelId) Resolve(IDbConnection connection, string project, string source)
    {
        if (source.Contains('@', StringComparison.Ordinal) || source.Contains('#', StringComparison.Ordinal))
        {
            throw Refused(source);
        }

        if (ArtifactAddress.PathOf(source) is string path)
        {
            return (ArtifactAddress.Scheme + ArtifactAddress.Check(path, "The source"), null, null);
        }

        if (source.StartsWith(StoredScheme, StringComparison.Ordinal))
        {
            return OfStored(connection, project, source[StoredScheme.Length..]);
        }

        if (source.StartsWith(RunScheme, StringComparison.Ordinal))
        {
            string[] parts = ArtifactAddress.Check(source[RunScheme.Length..].Trim('/'), "The source").Split('/', 2);
            string location = connection.ExecuteScalar<string?>("select artifact_location from runs where id = @id and project = @project", new { id = parts[0], project }) ?? throw NotFoundException.Of("run", parts[0]);
            return (parts.Length == 1 ? location : $"{location}/{parts[1]}", parts[0], null);
        }

        return source.StartsWith(ModelScheme, StringComparison.Ordinal)
            ? OfModel(connection, project, source, ArtifactAddress.Check(source[ModelScheme.Length..].Trim('/'), "The source").Split('/', 2))
            : throw Refused(source);
    }

    private static (string Location, string? RunId, string? ModelId) OfStored(IDbConnection connection, string project, string id)
    {
        StoredModel model = ModelTable.Find(connection, id) is { } found && found.Project == project ? found : throw NotFoundException.Of("model", id);
        string? location = model.RunId is null ? null : connection.ExecuteScalar<string?>("select artifact_location from runs where id = @RunId", new { model.RunId });
        return (location ?? OfStored(id), model.RunId, id);
    }

    private static (string Location, string? RunId, string? ModelId) OfModel(IDbConnection connection, string project, string source, string[] parts)
    {
        if (parts.Length == 1)
        {
            LoggedModel logged = LoggedModelTable.ProjectOf(connection, parts[0]) == project ? LoggedModelTable.Get(connection, parts[0]) : throw NotFoundException.Of("logged model", parts[0]);
            return (logged.ArtifactLocation, logged.RunId, null);
        }

        string modelId = RegistryTable.FindId(connection, project, parts[0]) ?? throw NotFoundException.Of("registered model", parts[0]);
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number))
        {
            throw Refused(source);
        }

        string id = RegistryTable.FindVersionId(connection, modelId, number) ?? throw new NotFoundException($"The model '{parts[0]}' has no version {number}.");
        ModelVersion version = RegistryTable.LoadVersions(connection, [id])[0];
        return (version.Location, version.RunId, version.ModelId);
    }

    private static DataException Refused(string source) =>
        new($"Invalid model version source: '{(source.Length > 200 ? source[..200] : source)}'. Expected {StoredScheme}ID, runs:/RUN/PATH, models:/NAME/VERSION, models:/MODEL-ID or {ArtifactAddress.Scheme}PATH.");
}
