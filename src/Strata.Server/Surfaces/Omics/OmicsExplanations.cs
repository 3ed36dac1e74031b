using Strata.Client.Contracts;
using Strata.Learning;
using Strata.Learning.Data;
using Strata.Learning.Explanation;
using ExplanationMethod = Strata.Client.Contracts.ExplanationMethod;
using ImportanceKind = Strata.Client.Contracts.ImportanceKind;

namespace Strata.Server.Surfaces.Omics;

/// <summary>Methods of explaining by their usual names, and what of Strata they are.</summary>
internal static class OmicsExplanations
{
    private static readonly Dictionary<string, (Func<IModel, bool> Fits, Func<ExplanationRequest, ExplanationRequest> Ask)> Methods = new(StringComparer.Ordinal)
    {
        ["shap"] = (Explainer.CanExplain, asked => asked),
        ["tree_shap"] = (model => Explainer.CanExplain(model) && IsOfTrees(model), asked => asked),
        ["linear_shap"] = (model => Explainer.CanExplain(model) && !IsOfTrees(model), asked => asked),
        ["interventional_shap"] = (Explainer.CanExplain, asked => asked with { Method = ExplanationMethod.Interventional }),
        ["interactions"] = (Explainer.CanExplain, asked => asked with { Interactions = true }),
        ["permutation"] = (_ => true, asked => asked with { Importance = ImportanceKind.Permutation }),
        ["gain"] = (IsOfTrees, asked => asked with { Importance = ImportanceKind.Gain }),
        ["cover"] = (IsOfTrees, asked => asked with { Importance = ImportanceKind.Cover }),
        ["splits"] = (IsOfTrees, asked => asked with { Importance = ImportanceKind.Splits }),
    };

    /// <summary>The request in Strata's words.</summary>
    /// <exception cref="DataException">There is no such method, or none for this kind of model; it says which there are.</exception>
    public static ExplanationRequest For(this OmicsExplanationRequest request, IModel model)
    {
        string method = request.Method.Trim().ToLowerInvariant().Replace('-', '_');
        string[] possible = [.. Methods.Where(known => known.Value.Fits(model)).Select(known => known.Key), .. OmicsReasons.Names];
        if (!Methods.TryGetValue(method, out var way) || !way.Fits(model))
        {
            string why = Methods.ContainsKey(method) ? $"which does not explain a '{model.Algorithm}' model" : "which is not known here";
            throw new DataException($"'method' is '{request.Method}', {why}; expected one of {string.Join(", ", possible)}.");
        }

        return way.Ask(new ExplanationRequest(request.Rows, request.DatasetId, request.Offset, request.Count, BackgroundDatasetId: request.BackgroundDatasetId, BackgroundRows: request.BackgroundRows ?? 100, Seed: request.Seed));
    }

    private static bool IsOfTrees(IModel model) => Importance.KindsOf(model).Contains(Learning.Explanation.ImportanceKind.Gain);
}
