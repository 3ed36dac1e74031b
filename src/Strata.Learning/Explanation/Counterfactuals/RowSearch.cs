using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Learning.Explanation.Counterfactuals;

/// <summary>The search around one row. A candidate is the row's numbers with some of them changed.</summary>
internal sealed class RowSearch
{
    /// <summary>Candidates of each start that are made smaller.</summary>
    private const int Kept = 12;

    private const int BatchRows = 1000, MostRandomColumns = 3, Halvings = 10;

    private readonly IModel model;
    private readonly Frame rows;
    private readonly int row;
    private readonly PossibleValues possible;
    private readonly CounterfactualOptions options;
    private readonly double[] start;
    private WantedAnswer? wanted;
    private int evaluations;

    public RowSearch(IModel model, Frame rows, int row, PossibleValues possible, CounterfactualOptions options)
    {
        (this.model, this.rows, this.row, this.possible, this.options) = (model, rows, row, possible, options);
        start = [.. rows.Columns.Select(column => column.HasNumbers ? column.NumberAt(row) : double.NaN)];
    }

    /// <param name="ofRows">What the model says of the explained rows.</param>
    /// <param name="ofBackground">What it says of the background.</param>
    public CounterfactualAnswer Answer(Predictions ofRows, Predictions ofBackground)
    {
        string label = ofRows.Label(row);
        double score = WantedAnswer.Score(ofRows, row);
        wanted = new WantedAnswer(options, label);
        CounterfactualAnswer None(string reason) => new(row, label, score, [], evaluations, reason);
        if (wanted.Holds(ofRows, row))
        {
            return None($"The model already says what is wanted: '{label}'.");
        }

        if (possible.Changeable.Length == 0)
        {
            return None("There is no column that may be changed.");
        }

        List<double[]> found = [.. Nearest(Holding(FromBackground(ofBackground))), .. Nearest(Random())];
        if (found.Count == 0)
        {
            return None($"None of {evaluations} changes of {possible.Changeable.Length} columns within the background's values made the model say {wanted.Words}. That is no proof that there is none.");
        }

        TakeBack(found);
        MoveBack(found);
        return new CounterfactualAnswer(row, label, score, Told(Diverse(found)), evaluations, null);
    }

    /// <summary>The row with all that may be changed as in background rows of which the model says what is wanted, the nearest first.</summary>
    private List<double[]> FromBackground(Predictions ofBackground) =>
    [
        .. Enumerable.Range(0, possible.Count).Where(other => wanted!.Holds(ofBackground, other)).Select(other => Changed(possible.Changeable, other)).OrderBy(Cost).Take(10 * Kept),
    ];

    /// <summary>Changes of one to three columns to the values of one background row, of which the model says what is wanted.</summary>
    private List<double[]> Random()
    {
        var random = RandomSource.For(options.Context.Seed, FormattableString.Invariant($"counterfactuals of row {row}"));
        var holding = new List<double[]>();
        int[] columns = [.. possible.Changeable];
        for (int most = evaluations + options.Evaluations / 2; evaluations < most;)
        {
            var candidates = new List<double[]>();
            for (int i = 0; i < Math.Min(BatchRows, most - evaluations); i++)
            {
                random.Shuffle<int>(columns);
                candidates.Add(Changed(columns[..(1 + random.NextInt(Math.Min(MostRandomColumns, columns.Length)))], random.NextInt(possible.Count)));
            }

            holding.AddRange(Holding(candidates));
        }

        return holding;
    }

    private double[] Changed(int[] columns, int other)
    {
        double[] changed = [.. start];
        foreach (int column in columns)
        {
            double value = possible.Columns[column]![other];
            changed[column] = possible.Allows(column, value) ? value : start[column];
        }

        return changed;
    }

    /// <summary>The nearest of each set of columns.</summary>
    private IEnumerable<double[]> Nearest(IEnumerable<double[]> candidates) => candidates.GroupBy(candidate => string.Join(',', ChangedColumns(candidate))).Select(same => same.MinBy(Cost)!).OrderBy(Cost).Take(Kept);

    /// <summary>Takes back the costliest change without which the answer holds, until there is none.</summary>
    private void TakeBack(List<double[]> found)
    {
        var open = Enumerable.Range(0, found.Count).ToHashSet();
        while (open.Count > 0 && evaluations < options.Evaluations)
        {
            (int Candidate, int Column, double[] Row)[] tries = [.. open.SelectMany(i => ChangedColumns(found[i]).Select(column => (i, column, With(found[i], column, start[column]))))];
            bool[] holds = Hold([.. tries.Select(one => one.Row)]);
            ILookup<int, (int Candidate, int Column, double[] Row)> better = tries.Where((_, i) => holds[i]).ToLookup(one => one.Candidate);
            foreach (int i in open.ToArray())
            {
                if (better[i].Any())
                {
                    found[i] = better[i].MinBy(one => Cost(one.Row)).Row;
                }
                else
                {
                    open.Remove(i);
                }
            }
        }
    }

    /// <summary>Moves each changed number towards where it was, by halving, as far as the answer holds.</summary>
    private void MoveBack(List<double[]> found)
    {
        for (int place = 0; place < start.Length; place++)
        {
            int column = place;
            int[] moving = [.. Enumerable.Range(0, found.Count).Where(i => !possible.IsLevel[column] && !found[i][column].Equals(start[column]) && double.IsFinite(start[column]))];
            double[] far = [.. moving.Select(_ => 1.0)], near = new double[moving.Length];
            for (int step = 0; step < Halvings && moving.Length > 0 && evaluations < options.Evaluations; step++)
            {
                double[] middle = [.. far.Zip(near, (a, b) => (a + b) / 2)];
                double[][] tries = [.. moving.Select((i, k) => With(found[i], column, Between(column, found[i][column], middle[k])))];
                bool[] holds = Hold(tries);
                for (int k = 0; k < moving.Length; k++)
                {
                    (far[k], near[k]) = holds[k] ? (middle[k], near[k]) : (far[k], middle[k]);
                }
            }

            for (int k = 0; k < moving.Length; k++)
            {
                found[moving[k]] = With(found[moving[k]], column, Between(column, found[moving[k]][column], far[k]));
            }
        }
    }

    /// <summary>A number between where it was (0) and where it is (1), within what is allowed; whole numbers are rounded away from where they were.</summary>
    private double Between(int column, double changed, double share)
    {
        double value = share >= 1 ? changed : start[column] + share * (changed - start[column]);
        value = possible.IsWhole[column] ? (changed > start[column] ? Math.Ceiling(value) : Math.Floor(value)) : value;
        return possible.Allows(column, value) ? value : changed;
    }

    /// <summary>The cheapest of each set of columns, but none whose columns are all of one before and more.</summary>
    private List<double[]> Diverse(List<double[]> found)
    {
        var chosen = new List<double[]>();
        foreach (double[] candidate in Holding([.. found.OrderBy(Cost)]))
        {
            int[] columns = ChangedColumns(candidate);
            if (chosen.Count < options.Count && columns.Length > 0 && !chosen.Any(other => ChangedColumns(other).All(columns.Contains)))
            {
                chosen.Add(candidate);
            }
        }

        return chosen;
    }

    private List<Counterfactual> Told(List<double[]> chosen)
    {
        Frame frame = FrameOf(chosen);
        Predictions said = model.Predict(frame, options.Context);
        Frame typed = model.Signature.Features.Conform(frame);
        return
        [
            .. chosen.Select((candidate, i) => new Counterfactual(
                [.. ChangedColumns(candidate).Select(column => new ColumnChange(typed.Columns[column].Name, rows.Columns[column].TextAt(row), typed.Columns[column].TextAt(i)))],
                said.Label(i),
                WantedAnswer.Score(said, i),
                Distance(candidate),
                possible.DistanceToData(candidate))),
        ];
    }

    private int[] ChangedColumns(double[] candidate) => [.. possible.Changeable.Where(column => !candidate[column].Equals(start[column]))];

    private double Distance(double[] candidate) => possible.Changeable.Sum(column => possible.Distance(column, candidate[column], start[column]));

    /// <summary>Distance, and as much as one deviation for each column, so that few columns are changed.</summary>
    private double Cost(double[] candidate) => Distance(candidate) + ChangedColumns(candidate).Length;

    private static double[] With(double[] candidate, int column, double value)
    {
        double[] changed = [.. candidate];
        changed[column] = value;
        return changed;
    }

    private IEnumerable<double[]> Holding(IReadOnlyList<double[]> candidates)
    {
        bool[] holds = Hold(candidates);
        return candidates.Where((_, i) => holds[i]);
    }

    private bool[] Hold(IReadOnlyList<double[]> candidates)
    {
        if (candidates.Count == 0)
        {
            return [];
        }

        Predictions said = model.Predict(FrameOf(candidates), options.Context);
        evaluations += candidates.Count;
        return [.. Enumerable.Range(0, candidates.Count).Select(i => wanted!.Holds(said, i))];
    }

    private Frame FrameOf(IReadOnlyList<double[]> candidates)
    {
        int[] same = [.. Enumerable.Repeat(row, candidates.Count)];
        return new Frame(rows.Columns.Select((column, i) => column.HasNumbers && Array.IndexOf(possible.Changeable, i) >= 0 ? NumberColumns.Of(column, [.. candidates.Select(candidate => candidate[i])]) : column.Take(same)));
    }
}
