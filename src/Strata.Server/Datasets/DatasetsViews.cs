using Strata.Client.Contracts;
using Strata.Platform.Datasets;
using Learned = Strata.Learning.Data;

namespace Strata.Server.Datasets;

internal static class DatasetsViews
{
    public static DatasetView View(this Dataset dataset) => new(
        dataset.Id,
        dataset.Name,
        dataset.Version,
        dataset.Origin.To<Client.Contracts.DatasetOrigin>(),
        dataset.Status.To<Client.Contracts.DatasetStatus>(),
        dataset.Error,
        dataset.ContentHash,
        dataset.Bytes,
        dataset.RowCount,
        dataset.ColumnCount,
        [.. dataset.Columns.Select(column => new ColumnView(column.Name, column.Type.To<ColumnType>()))],
        dataset.Notes,
        dataset.SuggestedTarget,
        dataset.Preset,
        dataset.CreatedAt,
        dataset.JobId,
        dataset.Project,
        dataset.Derivation?.View());

    public static Dictionary<string, Learned.ColumnType> Types(this IReadOnlyDictionary<string, ColumnType>? types) =>
        types?.ToDictionary(pair => pair.Key, pair => pair.Value.To<Learned.ColumnType>(), StringComparer.Ordinal) ?? [];
}
