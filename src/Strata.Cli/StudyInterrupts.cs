using System.Runtime.InteropServices;

namespace Strata.Cli;

/// <summary>What Ctrl-C means to a command that can end with what is ready: the first asks a study for that, the second, or one outside of a study, breaks off.</summary>
internal sealed class StudyInterrupts : IDisposable
{
    private readonly Terminal terminal;
    private readonly CancellationTokenSource cancel;
    private readonly CancellationTokenSource enough = new();
    private readonly PosixSignalRegistration[] signals;
    private volatile bool isStudying;

    public StudyInterrupts(Terminal terminal, CancellationToken outer)
    {
        this.terminal = terminal;
        cancel = CancellationTokenSource.CreateLinkedTokenSource(outer);
        signals = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Take), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Take)];
    }

    public CancellationToken Cancelled => cancel.Token;

    public CancellationToken Enough => enough.Token;

    /// <summary>Does work that the first Ctrl-C asks to end soon.</summary>
    public T Study<T>(Func<T> work)
    {
        isStudying = true;
        try
        {
            return work();
        }
        finally
        {
            isStudying = false;
        }
    }

    public void Dispose()
    {
        Array.ForEach(signals, signal => signal.Dispose());
        enough.Dispose();
        cancel.Dispose();
    }

    private void Take(PosixSignalContext signal)
    {
        signal.Cancel = true;
        if (signal.Signal == PosixSignal.SIGINT && isStudying && !enough.IsCancellationRequested)
        {
            terminal.Note("Ending with what is ready; Ctrl-C once more breaks off.");
            enough.Cancel();
        }
        else
        {
            cancel.Cancel();
        }
    }
}
