using System.Text.Json.Nodes;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Learning.Workflow;
using Strata.Platform.Models;
using Strata.Platform.Storage;

namespace Strata.Server.Runs;

internal static class TuningViews
{
    /// <summary>The settings of the search that were given, in the words that its job reads.</summary>
    /// <exception cref="DataException">They do not fit the plan's algorithm; all problems at once.</exception>
    public static JsonObject ToSettings(this TuningRequest request, TrainingPlan plan)
    {
        var settings = (JsonObject)JsonText.NodeOf(request)!;
        TuneModel.PlanOf(plan, settings).Check();
        return settings;
    }
}
