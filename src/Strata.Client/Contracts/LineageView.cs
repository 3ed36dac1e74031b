namespace Strata.Client.Contracts;

/// <summary>What stands in a chain from rows to predictions.</summary>
public enum LineageKind
{
    Dataset,
    Input,
    Split,
    Pipeline,
    Run,
    Model,
    LoggedModel,
    ModelVersion,
    Deployment,
    Predictions,
}

/// <summary>Where a thing comes from and what came of it.</summary>
/// <param name="Start">The key of the thing that was asked for.</param>
/// <param name="Nodes">It, all it came from and all that came of it, as far as the caller may see.</param>
/// <param name="Edges">What came of what.</param>
/// <param name="IsCut">Whether there is more than is shown.</param>
public sealed record LineageView(string Start, IReadOnlyList<LineageNodeView> Nodes, IReadOnlyList<LineageEdgeView> Edges, bool IsCut);

/// <summary>One thing of a chain.</summary>
/// <param name="Key">By what edges name it: <c>kind/id</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id, or name, among its kind.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Project">The id of the project that it belongs to.</param>
/// <param name="Facts">What is known of it, by name.</param>
public sealed record LineageNodeView(string Key, LineageKind Kind, string Id, string Name, string Project, IReadOnlyDictionary<string, string> Facts);

/// <summary>That one thing came of another.</summary>
/// <param name="From">The key of what was there before.</param>
/// <param name="To">The key of what came of it.</param>
/// <param name="What">How, in words that go between the two.</param>
public sealed record LineageEdgeView(string From, string To, string What);
