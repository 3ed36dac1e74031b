using Strata.Learning;
using Strata.Learning.Trees;
using Strata.Platform.Models;

namespace Strata.Platform.Deployments;

/// <summary>A model of a deployment, loaded and warm.</summary>
public sealed class ServedModel
{
    internal ServedModel(DeployedModel deployed, StoredModel stored, IModel model, TrafficMeter traffic) =>
        (Deployed, Stored, Model, Traffic, Rows) = (deployed, stored, model, traffic, RowPredictor.For(model));

    public DeployedModel Deployed { get; }

    public StoredModel Stored { get; }

    public IModel Model { get; }

    /// <summary>Its way of predicting single rows; null where it predicts tables only.</summary>
    public RowPredictor? Rows { get; }

    public TrafficMeter Traffic { get; }
}
