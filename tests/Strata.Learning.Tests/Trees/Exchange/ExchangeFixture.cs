using System.Text.Json;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;

namespace Strata.Learning.Tests.Trees.Exchange;

/// <summary>A model that XGBoost or LightGBM made, with its own answers on held-out rows; see make_models.py beside the files.</summary>
/// <param name="Model">The model's file.</param>
/// <param name="Columns">The held-out rows, column by column.</param>
/// <param name="Predictions">The maker's [rows][outputs].</param>
/// <param name="Contributions">The maker's [rows][outputs][columns + 1], the bias last; null where they are of other scores.</param>
internal sealed record ExchangeFixture(string Model, FixtureColumn[] Columns, double[][] Predictions, double[][][]? Contributions = null)
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Trees", "Exchange", "Fixtures");

    public static string[] Names { get; } = [.. Directory.GetFiles(Folder, "*.answers.json").Select(path => Path.GetFileName(path)[..^".answers.json".Length]).Order(StringComparer.Ordinal)];

    public string ModelPath => Path.Combine(Folder, Model);

    public Frame Rows => new(Columns.Select(column => column.Column));

    public static ExchangeFixture Read(string name) => JsonSerializer.Deserialize<ExchangeFixture>(File.ReadAllText(Path.Combine(Folder, name + ".answers.json")), ModelFileJson.Options)!;
}

/// <summary>One column of held-out rows: numbers, or texts of a category.</summary>
internal sealed record FixtureColumn(string Name, double?[]? Numbers = null, string?[]? Texts = null)
{
    public Column Column => Numbers is null ? CategoryColumn.Of(Name, Texts!) : new Float64Column(Name, [.. Numbers.Select(number => number ?? double.NaN)]);
}
