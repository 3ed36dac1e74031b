using System.CommandLine;
using System.CommandLine.Parsing;
using Strata.Client;
using Strata.Learning.Data;
using Strata.Learning.ModelFiles;
using Strata.Platform;
using Strata.Platform.Storage;

namespace Strata.Cli;

/// <summary>The command line as a whole: its commands, and how an outcome becomes an exit code.</summary>
internal sealed class StrataProgram(Terminal terminal)
{
    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellation = default)
    {
        RootCommand root = Root();
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            terminal.Problems([.. parsed.Errors.Select(error => error.Message)]);
            terminal.Note($"Try '{Path(parsed.CommandResult)} --help'.");
            return ExitCode.Usage;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = terminal.Output,
                Error = terminal.Error,
            };
            if (parsed.CommandResult.Command.Name == AutomlCommand.Name)
            {
                // It takes Ctrl-C for itself.
                configuration.ProcessTerminationTimeout = null;
            }

            return await parsed.InvokeAsync(configuration, cancellation);
        }
        catch (DataException e)
        {
            terminal.Problems(e.Problems);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            terminal.Interrupted();
            return ExitCode.Interrupted;
        }
        catch (Exception e) when (e is ModelFileException or IOException or UnauthorizedAccessException or RefusedException or HttpRequestException or ConflictException or NotFoundException or StorageException)
        {
            terminal.Problems([e.Message]);
            return ExitCode.Failed;
        }
    }

    private RootCommand Root() => new("Trains, explains, ships and watches machine-learning models on your own machine.")
    {
        ModelCommands.Train(terminal),
        PretrainCommand.Pretrain(terminal),
        PretrainedCommands.Pretrained(terminal),
        TuneCommand.Tune(terminal),
        AutomlCommand.Automl(terminal),
        CompareCommand.Compare(terminal),
        EnsembleCommand.Ensemble(terminal),
        CurveCommand.Curve(terminal),
        FindRateCommand.FindRate(terminal),
        ModelCommands.Predict(terminal),
        ModelCommands.Evaluate(terminal),
        ReportCommand.Report(terminal),
        ExplainCommand.Explain(terminal),
        ModelCommands.Show(terminal),
        ExchangeCommands.Import(terminal),
        ExchangeCommands.Export(terminal),
        JoinCommand.Join(terminal),
        TableCommands.Profile(terminal),
        TableCommands.AuditLeaks(terminal),
        AlgorithmCommands.List(terminal),
        StepCommands.List(terminal),
        MetricCommands.List(terminal),
        DatasetCommands.Dataset(terminal),
        JobCommands.Job(terminal),
        RegistryCommands.Model(terminal),
        RegistryCommands.Registry(terminal),
        FeatureCommands.Feature(terminal),
        BenchmarkCommands.Lineage(terminal),
        DeploymentCommands.Deploy(terminal),
        DeploymentCommands.Deployment(terminal),
        DeploymentCommands.AbTest(terminal),
        AlertCommands.Alert(terminal),
        AlertCommands.Webhook(terminal),
        ServerCommands.Serve(terminal),
        ServerCommands.Work(),
        AccountCommands.Admin(terminal),
        AccountCommands.User(terminal),
        AccountCommands.Team(terminal),
        AccountCommands.Project(terminal),
        AccountCommands.Token(terminal),
        AuditCommands.Audit(terminal),
        BackupCommands.BackUp(terminal),
        BackupCommands.Restore(terminal),
        DemoCommand.Demo(terminal),
    };

    private static string Path(CommandResult command)
    {
        var names = new Stack<string>();
        for (SymbolResult? at = command; at is CommandResult here; at = at.Parent)
        {
            names.Push(here.Parent is null ? "strata" : here.Command.Name);
        }

        return string.Join(' ', names);
    }
}
