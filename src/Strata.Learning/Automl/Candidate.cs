using Strata.Learning.Data;
using Strata.Learning.Ensembles;
using Strata.Learning.Validation;

namespace Strata.Learning.Automl;

/// <summary>One entry of a portfolio, made a recipe.</summary>
/// <param name="Name">Its own among all of the study.</param>
/// <param name="Text">The recipe as text.</param>
/// <param name="Algorithm">Name in the catalog.</param>
/// <param name="Layer">From 1.</param>
/// <param name="Recipe">With the preparation that it needs.</param>
internal sealed record Candidate(string Name, string Text, string Algorithm, int Layer, IRecipe Recipe)
{
    public bool IsBaseline => Algorithm == Baseline.AlgorithmName;

    /// <summary>The same for the layer that reads the answers of the first.</summary>
    public Candidate Stacked => this with { Name = $"{Name}, layer 2", Layer = 2 };

    /// <summary>The entries as recipes, those of the wanted algorithms and the baselines only.</summary>
    /// <param name="entries">In order.</param>
    /// <param name="algorithms">Algorithms or families; empty for all.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="maker">Makes recipes of names.</param>
    /// <exception cref="DataException">An entry is not understood, not known or not for the task; all problems at once.</exception>
    public static IReadOnlyList<Candidate> Of(IReadOnlyList<PortfolioEntry> entries, IReadOnlyList<string> algorithms, LearningTask task, RecipeMaker maker)
    {
        var problems = new List<string>();
        var candidates = new List<Candidate>();
        foreach (PortfolioEntry entry in entries)
        {
            try
            {
                IReadOnlyList<MemberText> members = MemberText.ReadList(entry.Recipe);
                MemberText member = members.Count == 1 ? members[0] : throw new DataException($"'{entry.Recipe}' names {members.Count} algorithms; an entry is one.");
                candidates.Add(new Candidate(entry.Name, entry.Recipe, member.Algorithm, 1, maker(member.Algorithm, member.Hyperparameters, task)));
            }
            catch (DataException e)
            {
                problems.AddRange(e.Problems.Select(problem => $"Portfolio entry '{entry.Name}': {problem}"));
            }
        }

        problems.AddRange(Family.Unknown(algorithms, candidates.Select(candidate => candidate.Algorithm)));
        DataException.ThrowIfAny(problems);
        return [.. candidates.Where(candidate => candidate.IsBaseline || Portfolio.IsLinear(candidate.Text) || Family.Has(algorithms, candidate.Algorithm))];
    }
}
