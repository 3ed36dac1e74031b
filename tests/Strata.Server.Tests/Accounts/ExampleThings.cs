using System.Text.Json.Nodes;
using Strata.Learning;
using Strata.Learning.Catalog;
using Strata.Learning.Data;
using Strata.Learning.Linear;
using Strata.Platform;
using Strata.Platform.AbTests;
using Strata.Platform.Accounts;
using Strata.Platform.Datasets;
using Strata.Platform.Deployments;
using Strata.Platform.Features;
using Strata.Platform.Jobs;
using Strata.Platform.Models;
using Strata.Platform.Monitoring.Alerts;
using Strata.Platform.Monitoring.Webhooks;
using Strata.Platform.Runs;
using Strata.Server.Safety;

namespace Strata.Server.Tests.Accounts;

/// <summary>One thing of each kind that an address can name, in a project.</summary>
internal static class ExampleThings
{
    /// <summary>Their ids. The server's jobs must run: a comparison takes a dataset that was read.</summary>
    public static async Task<IReadOnlyDictionary<Thing, string>> MakeAsync(StrataPlatform platform, Project project)
    {
        using var table = new MemoryStream("a,b\n1,x\n2,y\n3,x\n4,y\n"u8.ToArray());
        Dataset dataset = await platform.Datasets.UploadAsync(table, new DatasetUpload("example.csv") { Project = project.Id });
        Job reading = await platform.Jobs.WaitAsync(dataset.JobId!, TimeSpan.FromSeconds(40));
        Experiment experiment = await platform.Experiments.CreateAsync("example", project: project.Id);
        Run run = await platform.RunReports.BeginAsync(new NewRun { ExperimentId = experiment.Id });
        LoggedModel logged = await platform.LoggedModels.CreateAsync(new NewLoggedModel(experiment.Id) { RunId = run.Id });
        string first = await ImportAsync(platform, project, 1), second = await ImportAsync(platform, project, 2);
        Deployment deployment = await platform.Deployments.CreateAsync("example", DeploymentPlan.Of(first), project.Id);
        AbTest test = await platform.AbTests.StartAsync(new AbTestPlan("example-test", first, second) { Project = project.Id });
        Comparison comparison = await platform.Comparisons.StartAsync(new ComparisonRequest(dataset.Id, new JsonObject { ["plan"] = new JsonObject() }));
        RegisteredModel registered = await platform.Registry.CreateAsync("example", project: project.Id);
        FeatureGroup features = await platform.Features.DefineAsync(new FeatureGroupRequest("example", dataset.Id, new FeaturePlan(["b"], "a", [new FeatureDefinition("latest", "a")]), "example"));
        AlertRule rule = await platform.Alerts.CreateAsync(new AlertTerms { Name = "example", Condition = AlertCondition.JobFailed, Project = project.Id });
        (Webhook webhook, _) = await platform.Webhooks.CreateAsync("example", "https://nowhere.invalid/", project.Id);
        return new Dictionary<Thing, string>
        {
            [Thing.Project] = project.Id,
            [Thing.Dataset] = dataset.Id,
            [Thing.Job] = reading.Id,
            [Thing.Experiment] = experiment.Id,
            [Thing.Run] = run.Id,
            [Thing.LoggedModel] = logged.Id,
            [Thing.Artifact] = $"{experiment.Id}/{run.Id}/artifacts/a",
            [Thing.Model] = first,
            [Thing.Deployment] = deployment.Name,
            [Thing.AbTest] = test.Plan.Name,
            [Thing.Comparison] = comparison.Id,
            [Thing.RegisteredModel] = registered.Name,
            [Thing.FeatureGroup] = features.Id,
            [Thing.AlertRule] = rule.Id,
            [Thing.Webhook] = webhook.Id,
        };
    }

    private static async Task<string> ImportAsync(StrataPlatform platform, Project project, double slope)
    {
        double[] x = [.. Enumerable.Range(0, 20).Select(i => (double)i)];
        var table = new TrainingTable(new Frame(new Float64Column("x", x)), new NumberTarget("y", [.. x.Select(value => slope * value)]));
        using var file = new MemoryStream();
        new ModelFile(new LinearRegression().Fit(table, new FitContext()), new ModelCard()).Save(file);
        file.Position = 0;
        return (await platform.Models.ImportAsync(file, new ModelEntry($"example {slope}") { Project = project.Id })).Id;
    }
}
