using System.Globalization;
using System.Text;
using Shouldly;
using Strata.Client.Contracts;
using Strata.Tensors;
using Xunit;

namespace Strata.Server.Tests.Clients;

/// <summary>By themselves, after all others: the example reads a file of the folder that the program is in.</summary>
[CollectionDefinition(nameof(ClientReadmeTests), DisableParallelization = true)]
public sealed class ClientReadmeCollection;

[Collection(nameof(ClientReadmeTests))]
public sealed class ClientReadmeTests
{
    [Fact]
    public void The_CSharp_of_the_clients_README_is_the_example_that_is_compiled()
    {
        string source = File.ReadAllText(Path.Combine(Repository.Root(), "tests", "Strata.Server.Tests", "Clients", "ClientReadmeExample.cs"));
        string example = string.Join('\n', source.Split("// README begins\n")[1].Split("        // README ends")[0].Split('\n').Select(text => text.Trim()));
        File.ReadAllText(Path.Combine(Repository.Root(), "src", "Strata.Client", "README.md")).ShouldContain($"```csharp\n{example}```");
    }

    [Fact]
    public async Task The_CSharp_of_the_clients_README_runs()
    {
        await using RunningServer server = await RunningServer.Start();
        string folder = Directory.CreateTempSubdirectory("strata-readme-").FullName, before = Environment.CurrentDirectory;
        await File.WriteAllTextAsync(Path.Join(folder, "people.csv"), People(), TestContext.Current.CancellationToken);
        try
        {
            Environment.CurrentDirectory = folder;
            DeploymentView income = await ClientReadmeExample.Run(server.Http);
            income.Current.Models.Single().Algorithm.ShouldBe("gradient_boosting");
        }
        finally
        {
            Environment.CurrentDirectory = before;
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string People()
    {
        var random = new RandomSource(1);
        var text = new StringBuilder("age,hours,income\n");
        for (int row = 0; row < 120; row++)
        {
            double age = 20 + 40 * random.NextDouble(), hours = 10 + 40 * random.NextDouble();
            text.Append(CultureInfo.InvariantCulture, $"{age:R},{hours:R},{(age + hours > 70 ? "high" : "low")}\n");
        }

        return text.ToString();
    }
}
