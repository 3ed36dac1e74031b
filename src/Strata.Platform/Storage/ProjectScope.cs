namespace Strata.Platform.Storage;

/// <summary>Every owned thing belongs to one project; lists are asked for the things of some projects, or of all.</summary>
public static class ProjectScope
{
    /// <summary>The project that always exists, and that things belong to unless somebody says otherwise.</summary>
    public const string Usual = "default";

    /// <summary>A condition on the column <c>project</c> that both engines understand, for the parameter <c>projects</c> made by <see cref="Text"/>.</summary>
    internal const string Filter = "(@projects is null or replace(@projects, '/' || project || '/', '') <> @projects)";

    /// <summary>The ids as the one text that <see cref="Filter"/> looks into; null for all projects.</summary>
    internal static string? Text(IReadOnlyCollection<string>? projects) => projects is null ? null : string.Concat(projects.Select(id => $"/{id}/"));
}
