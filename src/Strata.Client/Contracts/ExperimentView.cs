namespace Strata.Client.Contracts;

/// <summary>A named group of runs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="Runs">How many runs are in it.</param>
/// <param name="Running">How many of them have not ended.</param>
/// <param name="LastActivity">When a run of it last began or ended, or it was made.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Tags">What is noted of it.</param>
public sealed record ExperimentView(string Id, string Name, string Project, int Runs, int Running, DateTimeOffset LastActivity, DateTimeOffset CreatedAt, IReadOnlyDictionary<string, string> Tags);

/// <summary>Experiments that a search found.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="NextPageToken">What gives the next ones; null where there are no more.</param>
public sealed record ExperimentSearchView(IReadOnlyList<ExperimentView> Items, string? NextPageToken);

/// <summary>Runs that a search found.</summary>
/// <param name="Items">In the order asked for.</param>
/// <param name="NextPageToken">What gives the next ones; null where there are no more.</param>
public sealed record RunSearchView(IReadOnlyList<RunView> Items, string? NextPageToken);
