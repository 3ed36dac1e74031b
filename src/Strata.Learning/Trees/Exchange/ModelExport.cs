using Strata.Learning.Data;

namespace Strata.Learning.Trees.Exchange;

/// <summary>Writes models of trees as files that XGBoost or LightGBM load; there they predict the same.</summary>
public static class ModelExport
{
    /// <param name="model">A model of boosted trees, a forest or a single tree, or a pipeline that ends in one.</param>
    /// <param name="format">Whose file.</param>
    /// <param name="withoutPreparation">Whether to leave out preparation that changes columns, instead of refusing the model for it.</param>
    /// <exception cref="DataException">The format cannot express the model; every reason at once.</exception>
    public static ExportedModel Of(IModel model, TreeModelFormat format, bool withoutPreparation = false)
    {
        ArgumentNullException.ThrowIfNull(model);
        OutgoingModel outgoing = OutgoingModel.Of(model, format, withoutPreparation);
        return format == TreeModelFormat.Xgboost ? XgboostWriter.Write(outgoing) : LightgbmWriter.Write(outgoing);
    }
}
