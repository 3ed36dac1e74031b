using System.Globalization;
using Strata.Client.Contracts;

namespace Strata.Client;

/// <summary>The feature store.</summary>
public sealed partial class StrataClient
{
    public Task<FeatureGroupView> DefineFeaturesAsync(FeatureGroupRequest request, CancellationToken cancellation = default) => Post<FeatureGroupView>("api/features", Json(request), cancellation);

    /// <summary>The feature groups, newest first; of one name, or all.</summary>
    public Task<Page<FeatureGroupView>> FeatureGroupsAsync(string? name = null, int offset = 0, int count = 100, CancellationToken cancellation = default) =>
        Get<Page<FeatureGroupView>>($"api/features?offset={offset}&count={count}{(name is null ? string.Empty : $"&name={Segment(name)}")}", cancellation);

    public Task<FeatureGroupView> FeatureGroupAsync(string id, CancellationToken cancellation = default) => Get<FeatureGroupView>($"api/features/{Segment(id)}", cancellation);

    public Task DeleteFeatureGroupAsync(string id, CancellationToken cancellation = default) => Delete($"api/features/{Segment(id)}", cancellation);

    /// <summary>Starts the job that works out a group's values.</summary>
    public Task<JobView> MaterialiseFeaturesAsync(string id, MaterialisationRequest? request = null, CancellationToken cancellation = default) =>
        Post<JobView>($"api/features/{Segment(id)}/materialise", Json(request ?? new MaterialisationRequest()), cancellation);

    /// <summary>Starts the job that completes a table with features as they were known at each row's time; its result has the new dataset's id.</summary>
    public Task<JobView> JoinFeaturesAsync(FeatureJoinRequest request, CancellationToken cancellation = default) => Post<JobView>("api/features/join", Json(request), cancellation);

    /// <summary>What is known of an entity now, or was at an earlier moment.</summary>
    /// <param name="id">The group.</param>
    /// <param name="entity">The values of its entity columns, in their order.</param>
    /// <param name="at">Null for now.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<LatestFeatures> LatestFeaturesAsync(string id, IReadOnlyList<string> entity, DateTimeOffset? at = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        string time = at is DateTimeOffset moment ? $"&at={Segment(moment.ToString("O", CultureInfo.InvariantCulture))}" : string.Empty;
        return Get<LatestFeatures>($"api/features/{Segment(id)}/online?{string.Join('&', entity.Select(value => $"entity={Segment(value)}"))}{time}", cancellation);
    }
}
