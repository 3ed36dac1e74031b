using System.Globalization;
using Strata.Learning.Validation.Comparison;
using Strata.Platform.Deployments;
using Strata.Platform.Models;
using Strata.Platform.Storage;

namespace Strata.Platform.AbTests;

/// <summary>All A/B tests. Each parts the traffic of a deployment of its own name, and reads what came of it from that deployment's counts and outcomes.</summary>
public sealed class AbTestLibrary
{
    private readonly DataStore store;
    private readonly DeploymentLibrary deployments;
    private readonly ModelLibrary models;
    private readonly TimeProvider clock;

    internal AbTestLibrary(DataStore store, DeploymentLibrary deployments, ModelLibrary models, TimeProvider clock) =>
        (this.store, this.deployments, this.models, this.clock) = (store, deployments, models, clock);

    /// <summary>Starts a test, and the deployment that answers under its name; one that is there already serves both models from now on.</summary>
    /// <exception cref="ConflictException">There is a test of that name, or the deployment is another project's.</exception>
    /// <exception cref="NotFoundException">There is no such model.</exception>
    public async Task<AbTest> StartAsync(AbTestPlan plan, string? by = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        plan.Check();
        if (Find(plan.Name) is not null)
        {
            throw Taken(plan.Name);
        }

        AbTestPlan whole = plan with { Measure = plan.Measure ?? OutcomeMeasures.UsualFor(models.Get(plan.ModelA).Task) };
        var traffic = new DeploymentPlan { Models = [new DeployedModel(plan.ModelA, 1 - plan.Split), new DeployedModel(plan.ModelB, plan.Split)] };
        string note = $"A/B test '{plan.Name}'.";
        if (deployments.Find(plan.Name) is not Deployment there)
        {
            await deployments.CreateAsync(plan.Name, traffic, plan.Project, by, note).ConfigureAwait(false);
        }
        else if (there.Project != plan.Project)
        {
            throw Taken(plan.Name);
        }
        else
        {
            await deployments.ChangeAsync(plan.Name, traffic with { LogShare = there.Current.Plan.LogShare }, DeploymentChange.Changed, by, note).ConfigureAwait(false);
        }

        var test = new AbTest { Id = NewId.Next(), Plan = whole, Status = AbTestStatus.Running, StartedAt = clock.GetUtcNow() };
        await store.Database.WriteAsync(connection =>
        {
            if (AbTestTable.Find(connection, plan.Name) is not null)
            {
                throw Taken(plan.Name);
            }

            AbTestTable.Insert(connection, test);
        }).ConfigureAwait(false);
        return test;
    }

    public AbTest? Find(string name) => store.Database.Read(connection => AbTestTable.Find(connection, name));

    /// <exception cref="NotFoundException">There is no such test.</exception>
    public AbTest Get(string name) => Find(name) ?? throw NotFoundException.Of("A/B test", name);

    /// <summary>The newest first.</summary>
    public Page<AbTest> List(int offset = 0, int count = 100, IReadOnlyCollection<string>? projects = null) =>
        store.Database.Read(connection => AbTestTable.List(connection, offset, count, projects));

    /// <summary>What is known of a test now; of one that has ended what it came to.</summary>
    public AbTestReport Report(AbTest test)
    {
        ArgumentNullException.ThrowIfNull(test);
        return test.Result ?? (deployments.Find(test.Plan.Name) is null ? Gone(test.Plan) : Evidence(test));
    }

    /// <summary>How the difference became known, outcome by outcome, at about so many moments.</summary>
    public IReadOnlyList<AbTestMoment> Course(AbTest test, int mostMoments = 200)
    {
        ArgumentNullException.ThrowIfNull(test);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostMoments);
        if (deployments.Find(test.Plan.Name) is null)
        {
            return [];
        }

        (KnownPrediction Known, double Value)[] measured = [.. Measured(test).Where(one => test.EndedAt is null || one.Known.KnownAt <= test.EndedAt)];
        SequentialTest sequential = Sequential(test.Plan);
        var moments = new List<AbTestMoment>();
        int stretch = Math.Max(1, (measured.Length + mostMoments - 1) / mostMoments);
        for (int i = 0; i < measured.Length; i++)
        {
            sequential.Add(measured[i].Known.ModelId == test.Plan.ModelB, measured[i].Value);
            if (((i + 1) % stretch == 0 || i == measured.Length - 1) && sequential is { FirstCount: > 0, SecondCount: > 0 })
            {
                moments.Add(new AbTestMoment(i + 1, measured[i].Known.KnownAt, sequential.Difference, Finite(sequential.Interval.Lower), Finite(sequential.Interval.Upper), sequential.PValue));
            }
        }

        return moments;
    }

    /// <summary>Ends a test as it stands. The traffic stays parted, unless one arm shall have all of it.</summary>
    /// <param name="name">The test.</param>
    /// <param name="winner"><c>a</c> or <c>b</c> to give it all traffic; null for neither.</param>
    /// <param name="by">Who ends it.</param>
    /// <exception cref="ConflictException">It has ended before.</exception>
    /// <exception cref="Learning.Data.DataException">There is no such arm.</exception>
    public async Task<AbTest> StopAsync(string name, string? winner = null, string? by = null)
    {
        AbTest test = Get(name);
        if (winner is not (null or "a" or "b"))
        {
            throw new Learning.Data.DataException($"winner is '{winner}'; expected a or b.");
        }

        if (!await EndAsync(test, AbTestStatus.Stopped, Report(test), winner, by).ConfigureAwait(false))
        {
            throw new ConflictException($"A/B test '{name}' has ended already.");
        }

        return Get(name);
    }

    /// <summary>Forgets a test; its deployment stays.</summary>
    public Task DeleteAsync(string name)
    {
        string id = Get(name).Id;
        return store.Database.WriteAsync(connection => AbTestTable.Delete(connection, id));
    }

    /// <summary>Ends the tests that are decided and end by themselves.</summary>
    internal async Task LookAsync()
    {
        foreach (AbTest test in store.Database.Read(AbTestTable.Running).Where(test => test.Plan.StopsItself && deployments.Find(test.Plan.Name) is not null))
        {
            AbTestReport report = Evidence(test);
            if (report.Winner is string winner)
            {
                await EndAsync(test, AbTestStatus.Decided, report, winner, null).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The traffic goes first: a test that was broken off in between is decided again.</summary>
    private async Task<bool> EndAsync(AbTest test, AbTestStatus status, AbTestReport report, string? winner, string? by)
    {
        if (test.Status != AbTestStatus.Running)
        {
            return false;
        }

        if (winner is not null && deployments.Find(test.Plan.Name) is not null)
        {
            await deployments.PromoteAsync(test.Plan.Name, winner == "a" ? test.Plan.ModelA : test.Plan.ModelB, DeploymentChange.TestDecided, by, report.Verdict).ConfigureAwait(false);
        }

        return await store.Database.WriteAsync(connection => AbTestTable.End(connection, test.Id, status, report, clock.GetUtcNow())).ConfigureAwait(false);
    }

    private AbTestReport Evidence(AbTest test)
    {
        AbTestPlan plan = test.Plan;
        IReadOnlyList<(string ModelId, TrafficCell Cell)> traffic = deployments.Traffic(plan.Name, test.StartedAt.AddMinutes(-1));
        ArmTraffic a = ArmTraffic.Of(traffic, id => id == plan.ModelA), b = ArmTraffic.Of(traffic, id => id == plan.ModelB);
        SequentialTest sequential = Sequential(plan);
        foreach ((KnownPrediction known, double value) in Measured(test))
        {
            sequential.Add(known.ModelId == plan.ModelB, value);
        }

        string? harm = b.WorseThan(a, plan.MostFailures, plan.MostSlowdown, plan.LeastPerArm);
        string? winner = harm is not null ? "a" : !sequential.IsDecided ? null : sequential.Difference > 0 == plan.Measure!.Value.MoreIsBetter() ? "b" : "a";
        return new AbTestReport(
            Arm(plan.ModelA, a, sequential.FirstCount, sequential.FirstMean),
            Arm(plan.ModelB, b, sequential.SecondCount, sequential.SecondMean),
            sequential.PValue,
            harm is null ? Verdict(plan, sequential, winner) : $"B goes over a guardrail. {harm}",
            sequential is { FirstCount: > 0, SecondCount: > 0 } ? sequential.Difference : null,
            Finite(sequential.Interval.Lower),
            Finite(sequential.Interval.Upper),
            winner);
    }

    /// <summary>The outcomes of both arms in the order in which they came.</summary>
    private IEnumerable<(KnownPrediction Known, double Value)> Measured(AbTest test)
    {
        AbTestPlan plan = test.Plan;
        return deployments.Known(plan.Name, test.StartedAt)
            .Where(known => !known.IsShadow && (known.ModelId == plan.ModelA || known.ModelId == plan.ModelB))
            .Select(known => (known, plan.Measure!.Value.Of(known)))
            .Where(one => one.Item2 is not null)
            .Select(one => (one.known, one.Item2!.Value));
    }

    private static SequentialTest Sequential(AbTestPlan plan) => new(plan.Level, plan.ExpectedDifference, plan.LeastPerArm);

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static AbTestReport Gone(AbTestPlan plan) => new(
        new AbTestArm(plan.ModelA, 0, 0, 0), new AbTestArm(plan.ModelB, 0, 0, 0), 1, "Its deployment was deleted, and with it all that was known.");

    private static AbTestArm Arm(string modelId, ArmTraffic traffic, int outcomes, double mean) =>
        new(modelId, traffic.Answered, traffic.Failed, outcomes, traffic.Latency.QuantileInMilliseconds(0.95), outcomes > 0 ? mean : null);

    private static string Verdict(AbTestPlan plan, SequentialTest test, string? winner)
    {
        if (test.FirstCount < plan.LeastPerArm || test.SecondCount < plan.LeastPerArm)
        {
            return $"Too few outcomes yet: {test.FirstCount} of A and {test.SecondCount} of B; each needs {plan.LeastPerArm}.";
        }

        string measure = plan.Measure switch { OutcomeMeasure.Correct => "share of right classes", OutcomeMeasure.AbsoluteError => "absolute error", _ => "outcome" };
        string figures = $"{measure} {Text(test.SecondMean)} of B against {Text(test.FirstMean)} of A, difference {Text(test.Difference)} "
            + $"({Text(test.Interval.Lower)} to {Text(test.Interval.Upper)} with certainty {Text(100 * (1 - plan.Level))}%), p {Text(test.PValue)}";
        return winner is null ? $"Not decided yet: {figures}." : $"{winner.ToUpperInvariant()} is better: {figures}.";
    }

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static ConflictException Taken(string name) => new($"There is an A/B test or a deployment '{name}' already. Take another name.");
}
