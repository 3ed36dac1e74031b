using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>A fitted step that keeps the columns and adds some that formulas make of them.</summary>
public sealed class DerivedColumnsStep : IFittedStep, IOnnxStep
{
    public DerivedColumnsStep(string name, IReadOnlyList<string> kept, IReadOnlyList<DerivedColumn> derived, IReadOnlyList<string> notes)
    {
        (Name, Kept, Derived, Notes) = (name, kept, derived, notes);
        var origins = kept.ToDictionary(column => column, column => (IReadOnlyList<string>)[column], StringComparer.Ordinal);
        foreach (DerivedColumn column in derived)
        {
            origins[column.Column] = column.Sources;
        }

        Origins = origins;
    }

    public string Name { get; }

    /// <summary>The columns that pass as they are, in order; the derived ones follow.</summary>
    public IReadOnlyList<string> Kept { get; }

    public IReadOnlyList<DerivedColumn> Derived { get; }

    public IReadOnlyList<string> Notes { get; }

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Origins { get; }

    public Frame Apply(Frame rows) => Apply(rows, CancellationToken.None);

    public Frame Apply(Frame rows, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return Apply(rows, context.Cancellation);
    }

    private Frame Apply(Frame rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new Frame([.. Kept.Select(name => rows[name]), .. Derived.Select(column =>
        {
            cancellation.ThrowIfCancellationRequested();
            return column.Of(rows);
        })]);
    }

    OnnxTable IOnnxStep.Export(OnnxTable rows)
    {
        var values = Kept.ToDictionary(name => name, name => rows[name], StringComparer.Ordinal);
        foreach (DerivedColumn column in Derived)
        {
            values[column.Column] = column.Export(rows);
        }

        return new OnnxTable(rows.Graph, Apply(rows.Columns), values);
    }

    public void Write(ModelWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Set("kept", Kept);
        writer.Set("derived", Derived);
        writer.Set("notes", Notes);
    }

    internal static DerivedColumnsStep Read(string name, ModelReader reader)
    {
        try
        {
            return new DerivedColumnsStep(name, reader.Items<string>("kept"), reader.Items<DerivedColumn>("derived"), reader.Items<string>("notes"));
        }
        catch (DataException e)
        {
            throw new ModelFileException($"A formula of step '{name}' in the model file cannot be read.", e);
        }
    }
}
