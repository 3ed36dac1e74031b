using Strata.Learning.Onnx;

namespace Strata.Learning.Neural.Inputs;

/// <summary>Encoded rows inside a graph.</summary>
/// <param name="Table">The columns that hold no arrays; null for none.</param>
/// <param name="Arrays">By array column.</param>
internal sealed record OnnxParts(OnnxColumns? Table, IReadOnlyList<OnnxArray> Arrays);

/// <summary>The table's part of encoded rows inside a graph.</summary>
/// <param name="Numbers">float32 [rows, numbers]; null for none.</param>
/// <param name="Codes">For each category column int64 [rows], rows of its table.</param>
/// <param name="Absent">Whether every cell is missing: bool [rows, 1].</param>
internal sealed record OnnxColumns(OnnxValue? Numbers, IReadOnlyList<OnnxValue> Codes, OnnxValue Absent);

/// <summary>An encoded array column inside a graph.</summary>
/// <param name="Values">float32 [rows, ...], channels last.</param>
/// <param name="Lengths">Of series: the steps of each row, int64 [rows], at least 1; else null.</param>
/// <param name="Absent">Whether the cell is missing: bool [rows, 1].</param>
internal sealed record OnnxArray(OnnxValue Values, OnnxValue? Lengths, OnnxValue Absent);
