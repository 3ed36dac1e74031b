using System.Diagnostics;

namespace Strata.Platform;

/// <summary>What the rooms tell collectors of. Where nobody listens, nothing is made and nothing is measured.</summary>
public static class Telemetry
{
    /// <summary>The name of the source of traces, and of the meter.</summary>
    public const string Name = "Strata";

    internal static readonly ActivitySource Source = new(Name);
}
