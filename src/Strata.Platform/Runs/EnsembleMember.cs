using System.Globalization;

namespace Strata.Platform.Runs;

/// <summary>A stored model that is combined with others, or that a small model learns to answer like.</summary>
/// <param name="ModelId">The stored model.</param>
/// <param name="Name">What people call it; no other of the ensemble has that name.</param>
/// <param name="Hash">Of its file.</param>
/// <param name="TestedHash">Of the file of the rows that its run was tested on, where it has learned from the other rows of the same table; null where it has learned from none of them, as far as is known.</param>
public sealed record EnsembleMember(string ModelId, string Name, string Hash, string? TestedHash = null)
{
    /// <summary>The name of the part of the job's payload that tells of them.</summary>
    public const string Payload = "members";

    /// <summary>The name of the part that tells of the one that a small model learns to answer like.</summary>
    public const string TeacherPayload = "teacher";

    /// <summary>By what name the worker knows a member's file.</summary>
    public static string ModelInput(int place) => string.Create(CultureInfo.InvariantCulture, $"model-{place}");

    /// <summary>By what name the worker knows the rows that a member was tested on.</summary>
    public static string TestedInput(int place) => string.Create(CultureInfo.InvariantCulture, $"tested-{place}");

    internal static void AddInputs(Dictionary<string, string> inputs, IReadOnlyList<EnsembleMember> members)
    {
        foreach ((int place, EnsembleMember member) in members.Index())
        {
            inputs[ModelInput(place)] = member.Hash;
            if (member.TestedHash is string tested)
            {
                inputs[TestedInput(place)] = tested;
            }
        }
    }
}
