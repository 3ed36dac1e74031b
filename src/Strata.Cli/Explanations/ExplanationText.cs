using System.Globalization;
using Strata.Learning;
using Strata.Learning.Explanation;
using Strata.Learning.Explanation.Cohorts;
using Strata.Learning.Explanation.Counterfactuals;
using Strata.Learning.Explanation.Deep;
using Strata.Learning.Explanation.Effects;
using Strata.Learning.Explanation.Local;
using Strata.Learning.Explanation.Surrogates;
using Strata.Learning.Metrics;

namespace Strata.Cli.Explanations;

/// <summary>Explanations as text tables.</summary>
internal static class ExplanationText
{
    private const int MostLines = 30;

    public static void Write(TextWriter writer, Contributions told)
    {
        for (int output = 0; output < told.Outputs.Count; output++)
        {
            int own = output;
            writer.WriteLine($"{told.Outputs[own]}: mean size of the contributions to {(told.Explained == ExplainedOutput.Prediction ? "the prediction" : "the raw score")} over {told.RowCount} rows");
            double Mean(Func<int, double> of) => told.RowCount == 0 ? 0 : Enumerable.Range(0, told.RowCount).Average(of);
            TextTable.Write(
                writer,
                ["COLUMN", "MEAN SIZE", "MEAN", .. told.StandardErrors is null ? Array.Empty<string>() : ["STANDARD ERROR"]],
                Enumerable.Range(0, told.Columns.Count).Select(column => (Column: column, Size: Mean(row => Math.Abs(told.Of(row, own)[column])))).OrderByDescending(one => one.Size).Take(MostLines).Select(one => (IReadOnlyList<string>)
                    [told.Columns[one.Column], Number(one.Size), Number(Mean(row => told.Of(row, own)[one.Column])), .. told.StandardErrors is null ? Array.Empty<string>() : [Number(Mean(row => told.ErrorsOf(row, own)[one.Column]))]]));
            writer.WriteLine();
        }

        writer.WriteLine($"Bias and contributions miss what the model says by {Number(told.AdditivityError ?? double.NaN)} at the most.{(told.StandardErrors is null ? " Exact." : " Sampled: more --evaluations lower the standard errors.")}");
    }

    public static void Write(TextWriter writer, IReadOnlyList<LimeExplanation> told)
    {
        foreach (LimeExplanation one in told)
        {
            writer.WriteLine($"Row {one.Row + 1}, {one.Output}: {Number(one.Prediction)}; the line near it says {Number(one.LocalPrediction)} (fidelity {Number(one.Fidelity)})");
            TextTable.Write(writer, ["COLUMN", "CONDITION", "WEIGHT"], one.Terms.Select(term => (IReadOnlyList<string>)[term.Column, term.Condition, Number(term.Weight)]));
            writer.WriteLine();
        }
    }

    public static void Write(TextWriter writer, PartialDependence told)
    {
        IReadOnlyList<string> Line(int point) =>
        [
            told.Grid.Labels[point],
            .. told.Means.Select(means => Number(means[point])),
            .. (told.Individual ?? []).SelectMany(rows => new[] { Quantile(rows, point, 0.1), Quantile(rows, point, 0.9) }),
        ];
        writer.WriteLine($"Mean over {told.Rows.Count} rows with the same {told.Grid.Column}{(told.Individual is null ? string.Empty : ", and below what a tenth and nine tenths of them are")}:");
        TextTable.Write(writer, [told.Grid.Column, .. told.Outputs, .. (told.Individual is null ? [] : told.Outputs).SelectMany(name => new[] { $"{name} 10%", $"{name} 90%" })], Enumerable.Range(0, told.Grid.Labels.Count).Select(Line));
        writer.WriteLine();
    }

    public static void Write(TextWriter writer, PairDependence told)
    {
        for (int output = 0; output < told.Outputs.Count; output++)
        {
            int own = output;
            writer.WriteLine($"{told.Outputs[own]}: mean over {told.RowCount} rows, by {told.First.Column} (down) and {told.Second.Column} (across)");
            TextTable.Write(writer, [told.First.Column, .. told.Second.Labels], told.First.Labels.Select((label, i) => (IReadOnlyList<string>)[label, .. told.Means[own][i].Select(Number)]));
            writer.WriteLine();
        }
    }

    public static void Write(TextWriter writer, AccumulatedEffects told)
    {
        writer.WriteLine($"Accumulated effect of {told.Grid.Column}, 0 on average:");
        TextTable.Write(writer, [told.Grid.Column, .. told.Outputs], told.Grid.Labels.Select((label, i) => (IReadOnlyList<string>)[label, .. told.Effects.Select(effects => Number(effects[i]))]));
        writer.WriteLine();
    }

    public static void Write(TextWriter writer, IReadOnlyList<FriedmanH> told) => TextTable.Write(
        writer, ["FIRST", "SECOND", "OUTPUT", "H", "STRENGTH"], told.Take(MostLines).Select(pair => (IReadOnlyList<string>)[pair.First, pair.Second, pair.Output, Number(pair.H), Number(pair.Strength)]));

    public static void Write(TextWriter writer, IReadOnlyList<CounterfactualAnswer> told)
    {
        foreach (CounterfactualAnswer answer in told)
        {
            writer.WriteLine($"Row {answer.Row + 1}: {Said(answer.Label, answer.Score)}{(answer.Reason is null ? string.Empty : $". {answer.Reason}")}");
            foreach (Counterfactual one in answer.Found)
            {
                string changes = string.Join(", ", one.Changes.Select(change => $"{change.Column} {change.From ?? "missing"} -> {change.To ?? "missing"}"));
                writer.WriteLine($"  {Said(one.Label, one.Score)} with {changes} (distance {Number(one.Distance)}, from the data {Number(one.DistanceToData)})");
            }
        }
    }

    public static void Write(TextWriter writer, SurrogateTree told)
    {
        writer.WriteLine($"A tree of {told.Rules.Count} rules has a fidelity ({told.Measure}) of {Number(told.Fidelity)} on {told.HeldRows} rows that it has not seen; always the usual answer has {Number(told.Baseline)}.");
        foreach (SurrogateRule rule in told.Rules)
        {
            writer.WriteLine($"  {rule}  ({rule.RowCount} rows, {(told.Measure == "r2" ? "deviation" : "purity")} {Number(rule.Purity)})");
        }
    }

    public static void Write(TextWriter writer, IReadOnlyList<DeepAttribution> told)
    {
        foreach (DeepAttribution one in told)
        {
            writer.WriteLine($"Row {one.Row + 1}, {one.Output}: raw score {Number(one.Score)}, {Number(one.BaselineScore)} at the training means (completeness error {Number(one.CompletenessError)})");
            TextTable.Write(writer, ["COLUMN", "ATTRIBUTION"], one.Columns.OrderByDescending(column => Math.Abs(column.Value)).Take(MostLines).Select(column => (IReadOnlyList<string>)[column.Column, Number(column.Value)]));
            foreach (AttributionMap map in one.Maps)
            {
                WriteTop(writer, map);
            }

            writer.WriteLine();
        }
    }

    public static void Write(TextWriter writer, IReadOnlyList<Occlusion> told)
    {
        foreach (Occlusion one in told)
        {
            writer.WriteLine($"Row {one.Row + 1}, {one.Output}: {Number(one.Prediction)}; hidden, it falls by");
            WriteTop(writer, one.Map);
            writer.WriteLine();
        }
    }

    public static void Write(TextWriter writer, CohortComparison told)
    {
        string Within(double? value, MetricInterval? interval) => $"{Optional(value)}{(interval is null ? string.Empty : $" ({Number(interval.Low)} to {Number(interval.High)})")}";
        writer.WriteLine($"{told.First} ({told.FirstRows} rows) and {told.Second} ({told.SecondRows} rows). Mean contributions:");
        TextTable.Write(writer, ["COLUMN", "OUTPUT", told.First, told.Second, "DIFFERENCE"], told.Contributions.Take(MostLines).Select(one => (IReadOnlyList<string>)[one.Column, one.Output, Number(one.First), Number(one.Second), Within(one.Difference, one.Interval)]));
        writer.WriteLine();
        writer.WriteLine("Columns whose values differ most:");
        TextTable.Write(writer, ["COLUMN", "DISTANCE", told.First, told.Second], told.Columns.Where(column => column.Distance is not null).Take(MostLines).Select(column => (IReadOnlyList<string>)[column.Column, Number(column.Distance!.Value), Summary(column, first: true), Summary(column, first: false)]));
        writer.WriteLine();
        writer.WriteLine("Fairness:");
        TextTable.Write(writer, ["MEASURE", "OUTPUT", told.First, told.Second, "VALUE"], told.Fairness.Select(one => (IReadOnlyList<string>)[one.Name, one.Output, Optional(one.First), Optional(one.Second), Within(one.Value, one.Interval)]));
    }

    private static void WriteTop(TextWriter writer, AttributionMap map)
    {
        IReadOnlyList<double> total = map.Total;
        TextTable.Write(
            writer,
            [map.Column.ToUpperInvariant(), "VALUE"],
            Enumerable.Range(0, total.Count).OrderByDescending(place => Math.Abs(total[place])).Take(5).Select(place => (IReadOnlyList<string>)[map.Height == 1 ? $"step {place + 1}" : $"row {place / map.Width + 1}, column {place % map.Width + 1}", Number(total[place])]));
    }

    private static string Summary(CohortColumn column, bool first) => column.Levels.Count == 0
        ? $"mean {Optional(first ? column.FirstMean : column.SecondMean)}"
        : string.Join(", ", column.Levels.Take(3).Select(level => $"{level.Level} {Number(100 * (first ? level.First : level.Second))} %"));

    /// <summary>A class with its probability; of a number there is nothing to add.</summary>
    private static string Said(string label, double score) => label == score.ToString("R", CultureInfo.InvariantCulture) ? label : $"{label} ({Number(score)})";

    private static string Quantile(IReadOnlyList<IReadOnlyList<double>> rows, int point, double share)
    {
        double[] sorted = [.. rows.Select(row => row[point]).Order()];
        return Number(sorted[(int)Math.Round(share * (sorted.Length - 1))]);
    }

    private static string Optional(double? number) => number is double value ? Number(value) : "-";

    private static string Number(double number) => number.ToString("0.####", CultureInfo.InvariantCulture) is string text && text != "-0" && (text != "0" || number == 0) ? text : number.ToString("G2", CultureInfo.InvariantCulture);
}
