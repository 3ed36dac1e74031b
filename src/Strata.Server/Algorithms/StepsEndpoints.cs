using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform;
using Strata.Server.Safety;
using Catalog = Strata.Learning.Catalog;

namespace Strata.Server.Algorithms;

internal static class StepsEndpoints
{
    public static void Map(RouteGroupBuilder routes)
    {
        routes.MapGet("/", List).WithName("list_steps").ForUsers();
        routes.MapGet("/{name}", Get).WithName("get_step").ForUsers();
        routes.MapGet("/{name}/schema", GetSchema).WithName("get_step_schema").ForUsers();
    }

    /// <summary>The preparation steps that a plan can ask for, with their settings.</summary>
    internal static Ok<Client.Contracts.Page<StepView>> List(int? offset, int? count) =>
        TypedResults.Ok(Catalog.PreparationSteps.All.View(Paging.Of(offset, count), AlgorithmsViews.View));

    /// <summary>One preparation step.</summary>
    internal static Ok<StepView> Get(string name) => TypedResults.Ok(Named(name).View());

    /// <summary>The JSON schema of a preparation step's settings.</summary>
    internal static Ok<JsonObject> GetSchema(string name) => TypedResults.Ok(Named(name).JsonSchema());

    private static Catalog.PreparationStep Named(string name)
    {
        try
        {
            return Catalog.PreparationSteps.Named(name);
        }
        catch (DataException e)
        {
            // In an address an unknown name is something that is not there, not unusable data.
            throw new NotFoundException(e.Message);
        }
    }
}
