using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Platform.Lineage;
using Strata.Platform.Storage;
using Strata.Server.Safety;
using LineageKind = Strata.Platform.Lineage.LineageKind;

namespace Strata.Server.Lineage;

internal static class LineageEndpoints
{
    private static readonly LineageKind[] Asked = [LineageKind.Dataset, LineageKind.Run, LineageKind.Model, LineageKind.LoggedModel, LineageKind.ModelVersion, LineageKind.Deployment, LineageKind.Predictions];

    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/", Get).WithName("get_lineage").ForUsers();

    /// <summary>Where a thing comes from and what came of it. What the caller may not see is left out; a thing of which that is true is not found.</summary>
    internal static Ok<LineageView> Get(string kind, string id, Caller caller, StrataPlatform platform)
    {
        if (!Array.Exists(Asked, known => JsonText.NameOf(known) == kind))
        {
            throw new DataException($"kind is '{kind}'; expected one of {string.Join(", ", Asked.Select(known => JsonText.NameOf(known)))}.");
        }

        LineageGraph graph = platform.Lineage.Of(JsonText.EnumOf<LineageKind>(kind), id, caller.Projects);
        return TypedResults.Ok(new LineageView(
            graph.Start,
            [.. graph.Nodes.Select(node => new LineageNodeView(node.Key, node.Kind.To<Client.Contracts.LineageKind>(), node.Id, node.Name, node.Project, node.Facts))],
            [.. graph.Edges.Select(edge => new LineageEdgeView(edge.From, edge.To, edge.What))],
            graph.IsCut));
    }
}
