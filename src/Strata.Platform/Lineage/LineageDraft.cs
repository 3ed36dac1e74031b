namespace Strata.Platform.Lineage;

/// <summary>One step of a chain.</summary>
internal sealed record LineageStep(LineageNode From, LineageNode To, string What);

/// <summary>A graph while it is gathered: things that the asker may not see are left out, and what only they lead to.</summary>
internal sealed class LineageDraft
{
    private readonly IReadOnlyCollection<string>? projects;
    private readonly int mostNodes;
    private readonly LineageNode start;
    private readonly OrderedDictionary<string, LineageNode> nodes = new(StringComparer.Ordinal);
    private readonly HashSet<LineageEdge> edges = [];
    private bool isCut;

    public LineageDraft(IReadOnlyCollection<string>? projects, int mostNodes, LineageNode start)
    {
        (this.projects, this.mostNodes, this.start) = (projects, mostNodes, start);
        nodes.Add(start.Key, start);
    }

    /// <summary>Follows steps in one direction, each thing once.</summary>
    public void Walk(LineageNode from, Func<LineageNode, IEnumerable<LineageStep[]>> next)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from.Key };
        var open = new Queue<LineageNode>([from]);
        while (open.TryDequeue(out LineageNode? node))
        {
            foreach (LineageStep[] chain in next(node))
            {
                if (Add(chain))
                {
                    LineageNode end = chain[0].From.Key == node.Key ? chain[^1].To : chain[0].From;
                    if (seen.Add(end.Key))
                    {
                        open.Enqueue(end);
                    }
                }
            }
        }
    }

    public LineageGraph Finish() => new(start.Key, [.. nodes.Values], [.. edges], isCut);

    private bool Add(LineageStep[] chain)
    {
        LineageNode[] things = [.. chain.SelectMany(step => new[] { step.From, step.To }).DistinctBy(node => node.Key)];
        if (projects is not null && !things.All(node => projects.Contains(node.Project)))
        {
            return false;
        }

        LineageNode[] added = [.. things.Where(node => !nodes.ContainsKey(node.Key))];
        if (nodes.Count + added.Length > mostNodes)
        {
            isCut = true;
            return false;
        }

        foreach (LineageNode node in added)
        {
            nodes.Add(node.Key, node);
        }

        edges.UnionWith(chain.Select(step => new LineageEdge(step.From.Key, step.To.Key, step.What)));
        return true;
    }
}
