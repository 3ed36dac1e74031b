using System.Text.Json.Serialization;
using Strata.Learning.Data;
using Strata.Learning.Onnx;

namespace Strata.Learning.Preparation;

/// <summary>How one new column is made of one or several number columns.</summary>
/// <param name="Column">Name of the new column.</param>
/// <param name="Formula">What it is; see <see cref="Preparation.Formula"/>.</param>
public sealed record DerivedColumn(string Column, string Formula)
{
    private readonly Lazy<Formula> parsed = new(() => Preparation.Formula.Parse(Formula));

    [JsonIgnore]
    public IReadOnlyList<string> Sources => parsed.Value.Columns;

    /// <exception cref="DataException">A column of the formula is not there or not of numbers.</exception>
    public Column Of(Frame rows) => new Float64Column(Column, parsed.Value.Of(rows));

    /// <summary>The column inside a graph.</summary>
    internal OnnxValue Export(OnnxTable rows) => parsed.Value.Export(rows);
}
