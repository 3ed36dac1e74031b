using Strata.Learning.Data;
using Strata.Platform.Deployments;
using Strata.Platform.Storage;

namespace Strata.Platform.AbTests;

/// <summary>Whether a test still gathers outcomes.</summary>
public enum AbTestStatus
{
    Running,

    /// <summary>One arm was shown to be better, or one went over a guardrail.</summary>
    Decided,

    /// <summary>Somebody ended it.</summary>
    Stopped,
}

/// <summary>What a test compares, and how.</summary>
/// <param name="Name">Also the name of the deployment that parts the traffic.</param>
/// <param name="ModelA">The model that is there.</param>
/// <param name="ModelB">The one that may be better.</param>
public sealed record AbTestPlan(string Name, string ModelA, string ModelB)
{
    /// <summary>The share of the traffic that B gets.</summary>
    public double Split { get; init; } = 0.5;

    /// <summary>What is compared; null for the usual one of the models' task.</summary>
    public OutcomeMeasure? Measure { get; init; }

    /// <summary>The share of tests that may find a difference where there is none.</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>About how large a difference is looked for; null for a tenth of the measure's standard deviation.</summary>
    public double? ExpectedDifference { get; init; }

    /// <summary>Nothing is decided before each arm has so many outcomes.</summary>
    public int LeastPerArm { get; init; } = 100;

    /// <summary>Guardrail: how much larger B's share of failed requests may be.</summary>
    public double MostFailures { get; init; } = 0.01;

    /// <summary>Guardrail: how many times A's 95th percentile of latency B's may be.</summary>
    public double MostSlowdown { get; init; } = 3;

    /// <summary>Whether the better arm gets all traffic as soon as it is decided.</summary>
    public bool StopsItself { get; init; } = true;

    public string Project { get; init; } = ProjectScope.Usual;

    /// <exception cref="DataException">The plan makes no sense; all that is wrong with it at once.</exception>
    internal void Check()
    {
        var problems = new List<string>();
        void Within(string name, double value, double low, double high)
        {
            if (!(value >= low && value <= high))
            {
                problems.Add(FormattableString.Invariant($"{name} is {value}; expected {low} to {high}."));
            }
        }

        if (ModelA == ModelB)
        {
            problems.Add("model_a_id and model_b_id are the same model; expected two.");
        }

        Within("split", Split, 0.001, 0.999);
        Within("level", Level, 1e-6, 0.5);
        Within("least_per_arm", LeastPerArm, 20, 10_000_000);
        Within("most_failures", MostFailures, 0, 1);
        Within("most_slowdown", MostSlowdown, 1, 1e6);
        if (ExpectedDifference is <= 0 or double.NaN or double.PositiveInfinity)
        {
            problems.Add($"expected_difference is {ExpectedDifference}; expected above 0.");
        }

        DataException.ThrowIfAny(problems);
    }
}

/// <summary>A named split of traffic between two models with outcomes, to learn which is better.</summary>
public sealed record AbTest
{
    public required string Id { get; init; }

    public required AbTestPlan Plan { get; init; }

    public required AbTestStatus Status { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>What it came to; null while it runs.</summary>
    public AbTestReport? Result { get; init; }
}
