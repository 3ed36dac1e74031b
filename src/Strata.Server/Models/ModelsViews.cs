using Strata.Client.Contracts;
using Strata.Platform.Models;

namespace Strata.Server.Models;

internal static class ModelsViews
{
    public static ModelView View(this StoredModel model) => new(
        model.Id,
        model.Name,
        model.Version,
        model.Algorithm,
        model.Task.To<LearningTask>(),
        model.Target,
        model.Classes,
        [.. model.Features.Select(feature => new FeatureView(feature.Name, feature.Type.To<ColumnType>(), feature.Levels))],
        model.Metrics.ToDictionary(metric => metric.Key, metric => (double?)metric.Value),
        model.RunId,
        model.Origin.To<Client.Contracts.ModelOrigin>(),
        model.Preset,
        model.CreatedAt,
        model.Bytes,
        model.Project);
}
