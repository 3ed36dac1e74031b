using System.Buffers;
using Strata.Learning.Data;
using Strata.Learning.Preparation;

namespace Strata.Learning.Trees;

/// <summary>
/// Predicts one row after the other without allocating, for a caller who has the values at hand and answers at once: the same bits as <see cref="IModel.Predict"/>. It is safe to use
/// from several threads.
/// </summary>
public sealed class RowPredictor
{
    private const int MostOnStack = 512;

    private readonly TreeEnsemble trees;
    private readonly int[]? places;
    private readonly ScoreLink? link;
    private readonly Dictionary<string, int> indexOf;

    private RowPredictor(ModelSignature signature, TreeEnsemble trees, int[]? places, ScoreLink? link)
    {
        (Signature, this.trees, this.places, this.link) = (signature, trees, places, link);
        indexOf = signature.Features.Names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>What a row holds: a number for each of its features, in order.</summary>
    public ModelSignature Signature { get; }

    /// <summary>How many raw scores a row has.</summary>
    public int ScoreCount => trees.OutputCount;

    /// <summary>How many numbers a prediction is: one probability a class, or 1.</summary>
    public int ValueCount => Signature.Task.IsClassification() ? Signature.Classes.Count : 1;

    /// <summary>For boosted or averaged trees, alone or behind steps that keep columns as they are; null for other models, which predict tables only.</summary>
    public static RowPredictor? For(IModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        (IModel learner, int[]? places) = model is PipelineModel pipeline ? (pipeline.Learner, PlacesOf(pipeline)) : (model, null);
        return (learner, model is PipelineModel && places is null) switch
        {
            (_, true) => null,
            (GradientBoostingModel boosted, _) => new RowPredictor(model.Signature, boosted.Trees, places, boosted.Link),
            (AveragingModel averaged, _) => new RowPredictor(model.Signature, averaged.Trees, places, null),
            _ => null,
        };
    }

    /// <summary>The number that stands for a text in one feature: a level's code, or what the text spells; NaN for null, for an unknown level, and for a text that spells nothing.</summary>
    /// <param name="feature">The feature's name.</param>
    /// <param name="text">Its value.</param>
    /// <exception cref="DataException">There is no such feature.</exception>
    public double NumberOf(string feature, string? text)
    {
        SchemaColumn column = Signature.Features.Columns[IndexOf(feature)];
        if (text is null || column.Levels is null)
        {
            return text is not null && NumberText.TryParse(text, out double number) ? number : double.NaN;
        }

        LevelLookup levels = LevelLookup.Of(column);
        int code = levels.CodeOf(text);
        return code >= 0 ? code : levels.UnseenCode >= 0 ? levels.UnseenCode : double.NaN;
    }

    /// <summary>Where a feature stands in a row, from 0.</summary>
    /// <exception cref="DataException">There is no such feature.</exception>
    public int IndexOf(string feature) => indexOf.TryGetValue(feature, out int index) ? index : throw DataException.NoSuchColumn(feature, indexOf.Keys);

    /// <summary>Predicts one row.</summary>
    /// <param name="row">A number a feature, by the rule of <see cref="Column.NumberAt"/>: NaN where missing.</param>
    /// <param name="scores">Overwritten with the raw scores [<see cref="ScoreCount"/>].</param>
    /// <param name="values">Overwritten with the number, or the probability of each class [<see cref="ValueCount"/>].</param>
    public void Predict(ReadOnlySpan<double> row, Span<double> scores, Span<double> values)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(row.Length, indexOf.Count);
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, ScoreCount);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, ValueCount);
        if (places is null)
        {
            trees.Score(row, scores);
        }
        else
        {
            ScorePlaced(row, scores);
        }

        if (link is ScoreLink known)
        {
            known.Predict(scores, values);
        }
        else
        {
            AveragedScores.Predict(Signature.Task, scores, values);
        }
    }

    private void ScorePlaced(ReadOnlySpan<double> row, Span<double> scores)
    {
        double[]? rented = places!.Length > MostOnStack ? ArrayPool<double>.Shared.Rent(places.Length) : null;
        Span<double> kept = rented ?? stackalloc double[MostOnStack];
        for (int i = 0; i < places.Length; i++)
        {
            kept[i] = row[places[i]];
        }

        trees.Score(kept[..places.Length], scores);
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>For each of the learner's features its place in the original row; null when a step does more than keep columns.</summary>
    private static int[]? PlacesOf(PipelineModel pipeline)
    {
        string[] names = [.. pipeline.Signature.Features.Names];
        return pipeline.Steps.All(step => step is ColumnwiseStep<KeepRule>)
            ? [.. pipeline.Learner.Signature.Features.Names.Select(name => Array.IndexOf(names, pipeline.OriginsOf(name)[0].Column))]
            : null;
    }
}
