using Shouldly;
using Strata.Learning.Data;
using Strata.Learning.Data.Reading;
using Strata.Learning.Metrics;
using Strata.Learning.Workflow;
using Strata.Solutions.Exoplanets;
using Strata.Solutions.Exoplanets.Pretrained;
using Strata.Solutions.Exoplanets.Survey;
using Strata.Testing;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

/// <summary>Against the archive's own tables, where they lie beside the repository.</summary>
public sealed class RealTablesTests
{
    [Theory]
    [InlineData("kepler", "koi_cumulative.csv")]
    [InlineData("tess", "toi.csv")]
    [InlineData("k2", "k2pandc.csv")]
    public void Every_column_of_the_real_table_has_a_meaning_and_it_is_recognised(string name, string file)
    {
        var mission = Mission.Parse(name);
        Frame table = Read(file);
        table.Names.ShouldBe(mission.Preset.Columns.Select(column => column.Name));
        Solution.Recognise(table.Schema).ShouldBeSameAs(mission.Preset);
        Mission.Recognise(table.Schema).ShouldBeSameAs(mission);
    }

    /// <summary>Quartiles of the simulated columns lie within a factor of the real ones: 2 for most, 3 for what spans many decades.</summary>
    [Theory]
    [InlineData("kepler", "koi_cumulative.csv", 2, "koi_duration,koi_depth,koi_prad,koi_teq,koi_steff,koi_slogg,koi_srad,koi_kepmag,koi_period,koi_insol")]
    [InlineData("kepler", "koi_cumulative.csv", 4, "koi_model_snr,koi_depth_err1,koi_duration_err1,koi_time0bk_err1,koi_srad_err1,koi_steff_err1,koi_prad_err1")]
    [InlineData("tess", "toi.csv", 2, "pl_orbper,pl_trandurh,pl_trandep,pl_rade,pl_eqt,st_tmag,st_dist,st_teff,st_logg,st_rad,pl_radeerr1,st_disterr1,st_tefferr1")]
    [InlineData("tess", "toi.csv", 6, "pl_insol,pl_orbpererr1,pl_trandurherr1,pl_trandeperr1")]
    [InlineData("k2", "k2pandc.csv", 2, "pl_orbper,pl_rade,st_teff,st_logg,st_rad,st_mass,sy_dist,sy_vmag,sy_kmag,sy_gaiamag,st_tefferr1,st_raderr1,pl_radeerr1")]
    public void Simulated_columns_are_distributed_like_the_real_ones(string name, string file, double factor, string columns)
    {
        var mission = Mission.Parse(name);
        Frame real = Counted(Read(file), mission), simulated = Counted(TransitSurvey.OfRows(mission, 6000, seed: 11).Table(), mission);
        foreach (string column in columns.Split(','))
        {
            (double[] there, double[] here) = (Quartiles(real[column]), Quartiles(simulated[column]));
            for (int i = 0; i < 3; i++)
            {
                (here[i] / there[i]).ShouldBeInRange(1 / factor, factor, $"{column}, quartile {i + 1}: {here[i]} here, {there[i]} there");
            }
        }
    }

    [Fact]
    public void Keplers_preset_learns_as_well_without_leaks_as_others_do()
    {
        PlannedTraining planned = PlannedTraining.Of(Mission.Kepler.Preset, new TrainingPlan { Target = "koi_disposition", Seed = 1 }, Read("koi_cumulative.csv"));
        TrainingOutcome outcome = Training.Run(planned.Plan, planned.Table, new() { Threads = 2 }, withImportance: false);
        outcome.Evaluation.Metrics["accuracy"].ShouldBeGreaterThan(0.79);
        outcome.Evaluation.Metrics["log_loss"].ShouldBeLessThan(0.49);
        planned.Notes.ShouldContain(note => note.StartsWith("The preset recommends trees = 400"));
    }

    [Theory]
    [InlineData("kepler", "koi_cumulative.csv")]
    [InlineData("tess", "toi.csv")]
    [InlineData("k2", "k2pandc.csv")]
    public void The_universal_model_knows_the_tables_it_learned_from(string name, string file)
    {
        var mission = Mission.Parse(name);
        Frame table = mission.Preset.Prepare(Read(file)).Table;
        int[] settled = [.. Enumerable.Range(0, table.RowCount).Where(row => Verdicts.Of(table[mission.Preset.Target!].TextAt(row)!) != Verdict.Candidate)];
        int[] codes = [.. settled.Select(row => Verdicts.Of(table[mission.Preset.Target!].TextAt(row)!) == Verdict.Planet ? 1 : 0)];
        Frame features = TransitFeatures.Of(table, mission.Columns).Take(settled);
        PretrainedModel model = PretrainedModels.Named("universal");
        var evaluation = Evaluation.Of(model.File.Model.Predict(features), new Learning.ClassTarget("disposition", codes, model.Card.Classes));
        evaluation.Metrics["accuracy"].ShouldBeGreaterThan(model.Card.Metrics[$"{name}.accuracy"] - 0.02);
    }

    private static Frame Read(string file) => TableFile.Read(SharedData.Path($"exoplanets/{file}"), cancellation: TestContext.Current.CancellationToken).Frame;

    private static Frame Counted(Frame table, Mission mission) => mission.Preset.Rows is RowRule rule
        ? table.Take([.. Enumerable.Range(0, table.RowCount).Where(row => table[rule.Column].TextAt(row) == rule.Value)])
        : table;

    private static double[] Quartiles(Column column)
    {
        double[] sorted = [.. Enumerable.Range(0, column.Count).Where(row => !column.IsMissing(row)).Select(column.NumberAt).Order()];
        return [sorted[sorted.Length / 4], sorted[sorted.Length / 2], sorted[sorted.Length * 3 / 4]];
    }
}
