using System.Globalization;
using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Metrics;
using Strata.Learning.Trees;

namespace Strata.Learning.Automl;

/// <summary>Carries out one study: candidates on folds, layer by layer, and the selection among them.</summary>
internal sealed class AutomlFit
{
    /// <summary>Parts of the time: of the first layer where there are two, of the check of the second, and of all fits where the chosen are fitted once more.</summary>
    private const double FirstLayerShare = 0.55, CheckShare = 0.12, BeforeRefitShare = 0.65;

    /// <summary>Of the time, what finding out the number of folds may take, what all folds of one good candidate may take, and what more than a few folds may take.</summary>
    private const double ProbeShare = 0.2, OneCandidateShare = 0.15, ManyFoldsShare = 0.05;
    private const int ProbedRows = 1_000, FewFolds = 5;

    /// <summary>Rows from which on boosting is much quicker than all others for what it is worth.</summary>
    private const int ManyRows = 10_000;

    /// <summary>Of the time of the check, what its candidates may be expected to take.</summary>
    private const double SureShare = 0.7;

    private const int MostInputs = 8, MostChecked = 4;

    private readonly AutomlRecipe recipe;
    private readonly TrainingTable table;
    private readonly FitContext context;
    private readonly Metric metric;
    private readonly StudyPlan plan;
    private readonly Budget budget;
    private readonly IReadOnlyList<Candidate> candidates;
    private readonly ModelSignature signature;
    private readonly List<string> notes = [];
    private StudyParts parts;

    public AutomlFit(AutomlRecipe recipe, TrainingTable table, FitContext context)
    {
        (this.recipe, this.table, this.context) = (recipe, table, context with { Watched = null, Validation = null });
        budget = new Budget(recipe, context);
        metric = recipe.MetricFor(table.Target.Task);
        signature = ModelSignature.Of(table);
        if (recipe is { Deterministic: true, InferLimit: > 0 })
        {
            throw new DataException("infer_limit is measured by the clock, and deterministic lets the clock decide nothing; give one of them.");
        }

        plan = StudyPlan.Of(recipe, table);
        notes.AddRange(plan.Notes);
        RecipeMaker maker = recipe.Maker ?? throw new DataException("Candidates given by name need the catalog to know them: make the recipe by the catalog.");
        IReadOnlyList<PortfolioEntry> entries = recipe.Portfolio.Count > 0 ? Portfolio.Of(recipe.Portfolio, table.Target.Task) : Portfolio.For(table.Target.Task, table.Features);
        candidates = [.. Candidate.Of(entries, recipe.Algorithms, table.Target.Task, maker).Take(plan.Candidates)];
        parts = new StudyParts(recipe, table, context);
    }

    public AutomlModel Run()
    {
        int folds = parts.LoadFolds() ?? FoldsInTime();
        parts.SaveFolds(folds);
        IReadOnlyList<Candidate> ordered = InOrder();
        (IReadOnlyList<RowSplit> splits, SplitDescription description) = RowSplits.Folds(table, folds, context.Seed);
        notes.Add($"Candidates were compared on rows that they had not seen: {description.Text}");
        parts = parts.For(string.Create(CultureInfo.InvariantCulture, $"{folds} folds"));
        bool refits = recipe.Refit || table.Times is not null;
        double end = refits ? BeforeRefitShare * budget.End : budget.End;
        double firstEnd = plan.Layers > 1 ? FirstLayerShare * end : end;

        var first = new FoldFits(table, splits, context);
        TrainingTable tested = first.TestedRows.Length == table.RowCount ? table : table.Take(first.TestedRows);
        var selection = new Selection(metric, tested, context.Seed, context.Cancellation);
        var trials = new Trials(recipe, context, signature, table, budget, selection, expected: ordered.Count * plan.Layers);
        trials.FitLayer(ordered, first, parts, firstEnd);
        if (trials.Fitted.Count == 0)
        {
            throw new DataException($"No candidate could learn '{table.Target.Name}': {string.Join(" ", trials.Rows.Select(row => $"{row.Name}: {row.Reason}").Take(3))}");
        }

        trials.Repeat(plan.Repeats, folds, parts, firstEnd);
        FittedCandidate[] inputs = plan.Layers > 1 ? Inputs(trials, selection) : [];
        TrainingTable? stacked = null;
        if (inputs.Length > 0 && IsSecondLayerTrusted(inputs, trials, folds, end))
        {
            stacked = table.WithFeatures(StackedTable.Of(signature, table.Features, inputs.Select(one => (one.Name, one.Unseen)), passThrough: true));
            StudyParts partsOfSecond = parts.For($"layer 2 of {string.Join("; ", inputs.Select(one => $"{one.Name}: {one.Candidate.Text}"))}");
            trials.FitLayer([.. ordered.Where(candidate => !candidate.IsBaseline && trials.Fitted.ContainsKey(candidate.Name)).Select(candidate => candidate.Stacked)], new FoldFits(stacked, splits, context), partsOfSecond, end);
        }

        if (plan.Layers > 1)
        {
            trials.TryAgain(ordered, first, parts, end);
            if (stacked is null)
            {
                trials.Repeat(plan.Repeats, folds, parts, end);
            }
        }

        return new ModelAssembly(recipe, context, signature, table, budget, selection, trials, inputs).Model(stacked, tested, refits, notes, first.TestedRows, description.Text);
    }

    /// <summary>As the portfolio has them; where the clock decides on many rows, boosting before all but the baselines.</summary>
    private IReadOnlyList<Candidate> InOrder()
    {
        static bool IsBoosting(Candidate candidate) => Family.Has([Family.Boosting], candidate.Algorithm);
        if (double.IsInfinity(budget.Limit) || table.RowCount < ManyRows || !candidates.Any(IsBoosting))
        {
            return candidates;
        }

        notes.Add("Boosting, which is quick on many rows, was tried before all others.");
        return [.. candidates.OrderBy(candidate => !candidate.IsBaseline && !Portfolio.IsLinear(candidate.Text)).ThenBy(candidate => !IsBoosting(candidate))];
    }

    /// <summary>The folds of the plan, or fewer where one good candidate alone would take too much of the time.</summary>
    private int FoldsInTime()
    {
        Candidate? probe = candidates.FirstOrDefault(candidate => candidate.Algorithm == GradientBoostingModel.OwnAlgorithm) ?? candidates.FirstOrDefault(candidate => !candidate.IsBaseline && !Portfolio.IsLinear(candidate.Text));
        if (double.IsInfinity(budget.Limit) || recipe.Folds > 0 || table.RowCount < ProbedRows || probe is null)
        {
            return plan.Folds;
        }

        using CandidateTime time = budget.Begin(ProbeShare * budget.Limit);
        try
        {
            double share = new FoldFits(table, RowSplits.Folds(table, plan.Folds, context.Seed).Folds, context).Probe(probe, time) / budget.Limit;
            int folds = Math.Max(Math.Min(FewFolds, (int)(OneCandidateShare / share)), (int)Math.Min(plan.Folds, ManyFoldsShare / share));
            return Math.Clamp(folds, 2, plan.Folds);
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            return 2;
        }
        catch (DataException)
        {
            return plan.Folds;
        }
    }

    /// <summary>What the second layer reads: the candidates of the first that have weight there, the heaviest first, and the best of the others.</summary>
    private static FittedCandidate[] Inputs(Trials trials, Selection selection)
    {
        Dictionary<string, double> weights = selection.Weights([.. trials.Fitted.Values]);
        return
        [
            .. trials.Fitted.Values.Where(one => !one.Candidate.IsBaseline)
                .OrderByDescending(one => weights.GetValueOrDefault(one.Name)).ThenBy(one => trials.RankOf(one)).Take(MostInputs),
        ];
    }

    private bool IsSecondLayerTrusted(FittedCandidate[] inputs, Trials trials, int folds, double end)
    {
        if (budget.IsEnough)
        {
            notes.Add("There is no second layer: the study was asked to end.");
            return false;
        }

        double seconds = Math.Min(CheckShare * budget.Limit, budget.Left(end));
        var some = new List<Candidate>();
        double cost = 0;
        foreach (FittedCandidate input in inputs.DistinctBy(input => input.Candidate.Algorithm).Concat(inputs).Distinct().Take(MostChecked))
        {
            // A check that does not get done has cost its time and the second layer.
            double own = trials.SecondsOf(input) * LayerCheck.Work / (folds - 1);
            if (cost + own <= SureShare * seconds)
            {
                some.Add(input.Candidate);
                cost += own;
            }
        }

        if (some.Count == 0)
        {
            notes.Add("There is no second layer: there was no time to check it on rows held back.");
            return false;
        }

        using CandidateTime time = budget.Begin(Math.Max(0.001, seconds));
        try
        {
            var check = LayerCheck.Of(some, table, metric, context, time);
            notes.Add(check.Note);
            return check.IsBetter;
        }
        catch (OperationCanceledException) when (!context.Cancellation.IsCancellationRequested)
        {
            notes.Add("There is no second layer: the time to check it on rows held back was up.");
        }
        catch (DataException e)
        {
            notes.Add($"There is no second layer: it could not be checked on rows held back. {e.Message}");
        }

        return false;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
