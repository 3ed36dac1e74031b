using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Preparation;

/// <summary>A fitted step that puts arrays in place of the columns that they are made of.</summary>
public sealed class FoldedArrays : IFittedStep
{
    internal FoldedArrays(string name, Frame rows, IReadOnlyList<FoldRule> folds, IReadOnlyList<string> notes)
        : this(name, [.. rows.Names.Except(folds.SelectMany(fold => fold.Columns), StringComparer.Ordinal)], folds, notes)
    {
    }

    private FoldedArrays(string name, IReadOnlyList<string> kept, IReadOnlyList<FoldRule> folds, IReadOnlyList<string> notes)
    {
        (Name, Kept, Folds, Notes) = (name, kept, folds, notes);
        var origins = kept.ToDictionary(column => column, column => (IReadOnlyList<string>)[column], StringComparer.Ordinal);
        foreach (FoldRule fold in folds)
        {
            origins[fold.Name] = fold.Columns;
        }

        Origins = origins;
    }

    public string Name { get; }

    /// <summary>The columns that pass as they are, in order; the arrays follow.</summary>
    public IReadOnlyList<string> Kept { get; }

    public IReadOnlyList<FoldRule> Folds { get; }

    public IReadOnlyList<string> Notes { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Origins { get; }

    public Frame Apply(Frame rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Frame([.. Kept.Select(name => rows[name]), .. Folds.Select(fold => fold.Of(rows))]);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Set("kept", Kept);
        writer.Set("folds", Folds);
        writer.Set("notes", Notes);
    }

    internal static FoldedArrays Read(string name, ModelReader reader)
    {
        IReadOnlyList<FoldRule> folds = reader.Items<FoldRule>("folds");
        foreach (FoldRule fold in folds)
        {
            fold.Check();
        }

        return new FoldedArrays(name, reader.Items<string>("kept"), folds, reader.Items<string>("notes"));
    }
}
