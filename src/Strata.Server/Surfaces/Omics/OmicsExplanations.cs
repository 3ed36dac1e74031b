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
        ["shap"] = (_ => true, asked => asked),
        ["kernel_shap"] = (_ => true, asked => asked with { Method = ExplanationMethod.Kernel }),
        ["permutation_shap"] = (_ => true, asked => asked with { Method = ExplanationMethod.Permutation }),
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
        if (!Methods.TryGetValue(NameOf(request), out var way) || !way.Fits(model))
        {
            throw Unfit(request, model);
        }

        return way.Ask(new ExplanationRequest(request.Rows, request.DatasetId, request.Offset, request.Count, BackgroundDatasetId: request.BackgroundDatasetId, BackgroundRows: request.BackgroundRows ?? 100, Seed: request.Seed, Evaluations: request.Evaluations, Plots: request.Plots, Output: request.Output));
    }

    /// <summary>The method as it is listed.</summary>
    public static string NameOf(OmicsExplanationRequest request) => request.Method.Trim().ToLowerInvariant().Replace('-', '_');

    /// <summary>The method is not known or not for this kind of model; says which are.</summary>
    public static DataException Unfit(OmicsExplanationRequest request, IModel model)
    {
        string[] possible = [.. Methods.Where(known => known.Value.Fits(model)).Select(known => known.Key), .. OmicsReasons.NamesFor(model)];
        bool isKnown = Methods.ContainsKey(NameOf(request)) || OmicsReasons.Knows(NameOf(request));
        return new DataException($"'method' is '{request.Method}', {(isKnown ? $"which does not explain a '{model.Algorithm}' model" : "which is not known here")}; expected one of {string.Join(", ", possible)}.");
    }

    private static bool IsOfTrees(IModel model) => Importance.KindsOf(model).Contains(Learning.Explanation.ImportanceKind.Gain);
}
