using System.CommandLine;

namespace Strata.Cli;

/// <summary>Runs the work of a command so that Ctrl-C ends it within two seconds, whatever it is at.</summary>
internal static class Interruption
{
    /// <summary>For what is at a place where it can stop: to say how far it came and take back half a file.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gives a command its work. It runs on a thread of its own, as the program only listens for Ctrl-C once an action has given its task back. Work that does not stop by
    /// itself is left behind: its thread ends with the program.
    /// </summary>
    public static void SetWork(this Command command, Func<ParseResult, CancellationToken, int> work) =>
        command.SetAction((parsed, cancellation) => RunAsync(() => work(parsed, cancellation), cancellation));

    /// <summary>The same for a study, which the first Ctrl-C only asks to end soon.</summary>
    public static void SetStudy(this Command command, Terminal terminal, Func<ParseResult, StudyInterrupts, int> work) =>
        command.SetAction(async (parsed, cancellation) =>
        {
            using var interrupts = new StudyInterrupts(terminal, cancellation);
            return await RunAsync(() => work(parsed, interrupts), interrupts.Cancelled);
        });

    private static async Task<int> RunAsync(Func<int> work, CancellationToken cancellation)
    {
        Task<int> running = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        try
        {
            return await running.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            await Task.WhenAny(running, Task.Delay(Grace, CancellationToken.None));
            return running.IsCompleted ? await running : throw new OperationCanceledException(cancellation);
        }
    }
}
