using Strata.Platform.Storage;

namespace Strata.Platform.Lineage;

/// <summary>What stands in a chain from rows to predictions.</summary>
public enum LineageKind
{
    /// <summary>A stored dataset.</summary>
    Dataset,

    /// <summary>A dataset that a run names and that is not stored here, or no longer.</summary>
    Input,

    /// <summary>How rows were parted for training and test.</summary>
    Split,

    /// <summary>The preparation steps and the algorithm.</summary>
    Pipeline,

    Run,

    /// <summary>A stored model.</summary>
    Model,

    /// <summary>A model that another program's run made.</summary>
    LoggedModel,

    ModelVersion,

    Deployment,

    /// <summary>What a deployment has answered.</summary>
    Predictions,
}

/// <summary>One thing of a chain.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its id, or name, among its kind.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Project">The project that it belongs to.</param>
/// <param name="Facts">What is known of it, by name.</param>
public sealed record LineageNode(LineageKind Kind, string Id, string Name, string Project, IReadOnlyDictionary<string, string> Facts)
{
    /// <summary>By what edges name it.</summary>
    public string Key { get; } = $"{JsonText.NameOf(Kind)}/{Id}";
}

/// <summary>That one thing came of another.</summary>
/// <param name="From">The key of what was there before.</param>
/// <param name="To">The key of what came of it.</param>
/// <param name="What">How: was split, was fitted by, served ...</param>
public sealed record LineageEdge(string From, string To, string What);

/// <summary>Where a thing comes from and what came of it.</summary>
/// <param name="Start">The key of the thing that was asked for.</param>
/// <param name="Nodes">It, all it came from and all that came of it.</param>
/// <param name="Edges">What came of what.</param>
/// <param name="IsCut">Whether there is more than is shown.</param>
public sealed record LineageGraph(string Start, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, bool IsCut);
