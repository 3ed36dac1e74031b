namespace Strata.Platform;

/// <summary>The content is larger than a setting allows.</summary>
public sealed class TooLargeException(string message, long limitInBytes) : Exception(message)
{
    public long LimitInBytes { get; } = limitInBytes;

    public static TooLargeException Of(string what, long limitInBytes) =>
        new($"{what} is larger than {limitInBytes} bytes ({limitInBytes / 1048576.0:0.#} MiB), the limit of this server.", limitInBytes);
}
