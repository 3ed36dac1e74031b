namespace Strata.Platform.Storage;

/// <summary>Told of every call to the disk that must not be lost, before it is made: a test makes it fail there. Each flow of work has its own listener.</summary>
internal static class DiskCalls
{
    private static readonly AsyncLocal<Action<string>?> Listener = new();

    /// <summary>Takes a word for the call, such as <c>sync</c>, and may throw in its place.</summary>
    public static Action<string>? Before
    {
        get => Listener.Value;
        set => Listener.Value = value;
    }

    public static void About(string call) => Listener.Value?.Invoke(call);
}
