using System.Globalization;
using System.Text.Json;
using Strata.Client.Contracts;
using Strata.Learning.Data;
using Strata.Platform.Features;
using Strata.Platform.Storage;
using Stored = Strata.Platform.Features;
using Wire = Strata.Client.Contracts;

namespace Strata.Server.Features;

internal static class FeaturesViews
{
    private const double MostSeconds = 1e10;

    public static Wire.FeatureGroupView View(this Stored.FeatureGroup group) => new(
        group.Id,
        group.Name,
        group.Version,
        group.Project,
        group.DatasetId,
        group.Plan.Entities,
        group.Plan.TimeColumn,
        group.Plan.AvailableColumn,
        group.Plan.Ttl?.TotalSeconds,
        [.. group.Plan.Features.Select(feature => new Wire.FeatureDefinition(feature.Name, feature.Column, feature.Aggregate?.To<Wire.FeatureAggregate>(), feature.Window?.TotalSeconds))],
        group.Description,
        group.Tags,
        group.Owner,
        group.CreatedAt,
        group.Values is FeatureValuesInfo values ? new Wire.FeatureValues(values.DatasetId, values.Rows, values.Entities, values.At, values.JobId) : null);

    public static LatestFeatures View(this OnlineFeatures known, Stored.FeatureGroup group) =>
        new(group.Id, group.Version, known.EventTime, known.KnownFrom, known.Features.ToDictionary(feature => feature.Key, feature => Json(feature.Value), StringComparer.Ordinal));

    /// <exception cref="DataException">A time is too long, or none.</exception>
    public static Stored.FeatureGroupRequest Definition(this Wire.FeatureGroupRequest request, string owner)
    {
        var features = request.Features.Select(feature =>
            new Stored.FeatureDefinition(feature.Name, feature.Column ?? feature.Name, feature.Aggregate?.To<Stored.FeatureAggregate>(), Time(feature.WindowSeconds, $"window_seconds of '{feature.Name}'")));
        var plan = new FeaturePlan(request.Entities, request.TimeColumn, [.. features]) { AvailableColumn = request.AvailableColumn, Ttl = Time(request.TtlSeconds, "ttl_seconds") };
        return new Stored.FeatureGroupRequest(request.Name, request.DatasetId, plan, owner) { Description = request.Description, Tags = request.Tags ?? new Dictionary<string, string>() };
    }

    /// <exception cref="DataException">A text is no name of a feature; all of them at once.</exception>
    public static Stored.FeatureJoinRequest Order(this Wire.FeatureJoinRequest request, JobTerms terms) => new(request.DatasetId, request.TimeColumn, [.. request.Features.Select(FeatureReference.Parse)])
    {
        Name = request.Name,
        EntityColumns = request.EntityColumns ?? new Dictionary<string, string>(),
        FullNames = request.FullNames,
        StrictlyBefore = request.StrictlyBefore,
        Terms = terms,
    };

    private static TimeSpan? Time(double? seconds, string name) => seconds is not double given ? null
        : given is > 0 and <= MostSeconds ? TimeSpan.FromSeconds(given)
        : throw new DataException($"{name} is {given.ToString("R", CultureInfo.InvariantCulture)}; expected above 0 and at most {MostSeconds.ToString("R", CultureInfo.InvariantCulture)}.");

    private static JsonElement? Json(OnlineValue value) => value switch
    {
        { Text: null } => null,
        { Type: Learning.Data.ColumnType.Boolean } => JsonSerializer.SerializeToElement(value.Text == "true"),
        { Type: Learning.Data.ColumnType.Int64 } => JsonSerializer.SerializeToElement(long.Parse(value.Text, CultureInfo.InvariantCulture)),
        { Type: Learning.Data.ColumnType.Float32 or Learning.Data.ColumnType.Float64 } when NumberText.TryParse(value.Text, out double number) => JsonSerializer.SerializeToElement(number),
        _ => JsonSerializer.SerializeToElement(value.Text),
    };
}
