using Strata.Client;
using Strata.Client.Contracts;

namespace Strata.Server.Tests.Clients;

/// <summary>The C# of the client's README, between the marks to the letter.</summary>
internal static class ClientReadmeExample
{
    public static async Task<DeploymentView> Run(HttpClient http)
    {
        // README begins
        StrataClient strata = new(http);
        using FileStream file = File.OpenRead("people.csv");
        DatasetView people = await strata.UploadAsync(file, "people.csv");
        RunView run = await strata.StartRunAsync(new RunRequest(people.Id, new PlanRequest(Target: "income")));
        await strata.WaitAsync(run.Job!.Id);
        run = await strata.RunAsync(run.Id);
        Console.WriteLine(run.Metrics["roc_auc"]);
        DeploymentView income = await strata.CreateDeploymentAsync(new DeploymentRequest("income", [new DeployedModelRequest(run.ModelId!)]));
        // README ends
        return income;
    }
}
