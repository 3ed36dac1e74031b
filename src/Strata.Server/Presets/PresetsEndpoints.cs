using Microsoft.AspNetCore.Http.HttpResults;
using Strata.Client.Contracts;
using Strata.Server.Safety;
using Strata.Solutions;

namespace Strata.Server.Presets;

internal static class PresetsEndpoints
{
    public static void Map(RouteGroupBuilder routes) => routes.MapGet("/", List).WithName("list_presets").ForUsers();

    /// <summary>What is known about kinds of tables: what to predict, what leaks, what belongs together, what columns mean.</summary>
    internal static Ok<Page<PresetView>> List(int? offset, int? count)
    {
        TablePreset[] presets = [.. Solution.All.SelectMany(solution => solution.Presets)];
        return TypedResults.Ok(presets.View(Paging.Of(offset, count), PresetsViews.View));
    }
}
