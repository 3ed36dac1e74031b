using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Trees;
using Strata.Learning.Trees.Exchange;
using Xunit;

namespace Strata.Learning.Tests.Trees.Exchange;

/// <summary>Loads exported models in the programs that they are for, where these can be imported by a Python on this machine.</summary>
public sealed class PeerRoundTripTests : IDisposable
{
    private const int NotImportable = 3;

    private static readonly string[] Kinds = ["number", "two classes", "four classes", "poisson", "gamma", "tweedie", "absolute_error", "quantile", "huber", "lambda_rank", "pairwise_rank"];

    private readonly string folder = Directory.CreateTempSubdirectory("strata-exchange-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(TreeModelFormat.Xgboost)]
    [InlineData(TreeModelFormat.Lightgbm)]
    public async Task The_program_that_a_model_was_exported_for_predicts_the_same(TreeModelFormat format)
    {
        var expected = new Dictionary<string, double[][]>();
        foreach (string kind in Kinds)
        {
            TrainingTable table = ExchangeTable.Of(kind, 300);
            Export(kind, ExchangeTable.Boosted(kind, table), table.Features, format, expected);
            if (kind is "number" or "two classes" || (kind == "four classes" && format == TreeModelFormat.Lightgbm))
            {
                Export($"forest of {kind}", new RandomForest { Trees = 10, MaxDepth = 6 }.Fit(table, new FitContext { Seed = 3, Threads = 1 }), table.Features, format, expected);
            }
        }

        foreach (string name in ExchangeFixture.Names.Where(name => format == TreeModelFormat.Lightgbm || !name.Contains("zero", StringComparison.Ordinal)))
        {
            ExchangeFixture fixture = ExchangeFixture.Read(name);
            IModel model = ModelImport.Read(fixture.ModelPath).Model;
            Export(name, model, model.Signature.Features.Conform(fixture.Rows), format, expected);
        }

        await PredictThere(format);

        foreach ((string name, double[][] ours) in expected)
        {
            double[][] theirs = JsonSerializer.Deserialize<double[][]>(await File.ReadAllTextAsync(Path.Combine(folder, name + ".predictions.json"), TestContext.Current.CancellationToken))!;
            for (int row = 0; row < ours.Length; row++)
            {
                for (int k = 0; k < ours[row].Length; k++)
                {
                    theirs[row][k].ShouldBe(ours[row][k], 1e-5 * Math.Max(1, Math.Abs(ours[row][k])), $"{name}, row {row}, output {k}");
                }
            }
        }
    }

    private void Export(string name, IModel model, Frame rows, TreeModelFormat format, Dictionary<string, double[][]> expected)
    {
        ExportedModel exported = ModelExport.Of(model, format);
        File.WriteAllBytes(Path.Combine(folder, name + ".model"), exported.Content.ToArray());
        object[] columns = [.. rows.Columns.Select((column, i) =>
        {
            double?[] values = [.. Enumerable.Range(0, column.Count).Select(row => column.IsMissing(row) ? (double?)null : column.NumberAt(row))];
            return column is CategoryColumn ? (object)new { name = exported.Columns[i].Name, codes = values } : new { name = exported.Columns[i].Name, numbers = values };
        })];
        File.WriteAllText(Path.Combine(folder, name + ".rows.json"), JsonSerializer.Serialize(new { columns }));
        Predictions predictions = model.Predict(rows);
        int width = predictions.Values.Length / predictions.RowCount;
        expected[name] = [.. Enumerable.Range(0, predictions.RowCount).Select(row => width == 2 ? [predictions.Values[row * 2 + 1]] : predictions.Values[(row * width)..((row + 1) * width)])];
    }

    private async Task PredictThere(TreeModelFormat format)
    {
        string reason = "no Python was found";
        foreach (string python in (string[])["python3", "/usr/bin/python3"])
        {
            try
            {
                var start = new ProcessStartInfo(python, [Path.Combine(ExchangeFixture.Folder, "predict_with_peer.py"), format.Word(), folder]) { RedirectStandardError = true };
                using Process process = Process.Start(start)!;
                reason = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                if (process.ExitCode != NotImportable)
                {
                    process.ExitCode.ShouldBe(0, reason);
                    return;
                }
            }
            catch (System.ComponentModel.Win32Exception e)
            {
                reason = e.Message;
            }
        }

        Assert.Skip($"{format.Title()} cannot be imported here: {reason}");
    }
}
