using System.Reflection;
using Shouldly;
using Xunit;

namespace Strata.Architecture.Tests;

public class ArrowTests
{
    /// <summary>Learning's rooms from the ground up; rooms on one line are on one level and may not use one another unless listed in <see cref="Neighbours"/>.</summary>
    private static readonly string[][] LearningLevels =
    [
        ["Data", "ModelFiles"],
        ["Onnx"],
        ["Losses", "Metrics"],
        ["Preparation"],
        ["Linear", "Trees", "Neighbors", "Bayes", "Vectors", "Processes", "Clusters", "Neural", "RandomKernels"],
        ["Validation"],
        ["Search"],
        ["Ensembles", "Explanation"],
        ["Automl"],
        ["Catalog"],
        ["Workflow"],
    ];

    private static readonly (string User, string Used)[] Neighbours = [("ModelFiles", "Data"), ("Data", "ModelFiles"), ("Metrics", "Losses")];

    private static readonly string[][] PlatformLevels = [["Storage"], ["Accounts"], ["Datasets"], ["Features"], ["Runs"], ["Jobs"], ["Models"], ["Deployments"], ["AbTests"], ["Monitoring"], ["Lineage"]];

    private static readonly (string Project, string[] May)[] Projects =
    [
        ("Strata.Tensors", []),
        ("Strata.Learning", ["Strata.Tensors"]),
        ("Strata.Solutions", ["Strata.Learning", "Strata.Tensors"]),
        ("Strata.Platform", ["Strata.Solutions", "Strata.Learning", "Strata.Tensors"]),
        ("Strata.Client", []),
        ("Strata.Server", ["Strata.Platform", "Strata.Client", "Strata.Solutions", "Strata.Learning", "Strata.Tensors"]),
    ];

    [Fact]
    public void Projects_reference_only_what_stands_below_them()
    {
        foreach ((string project, string[] may) in Projects)
        {
            string[] used = [.. Assembly.Load(project).GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Strata.", StringComparison.Ordinal))];
            used.Except(may).ShouldBeEmpty($"{project} must not reference these");
        }
    }

    [Fact]
    public void Rooms_of_Learning_use_only_rooms_below_them() => Reversed("Strata.Learning", LearningLevels, Neighbours).ShouldBeEmpty();

    [Fact]
    public void Rooms_of_Platform_use_only_rooms_below_them() => Reversed("Strata.Platform", PlatformLevels, []).ShouldBeEmpty();

    [Fact]
    public void A_reversed_arrow_would_be_found()
    {
        string[][] upsideDown = [.. LearningLevels.Reverse()];
        Reversed("Strata.Learning", upsideDown, []).ShouldContain(arrow => arrow.Contains("Workflow", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_room_of_Learning_has_its_level()
    {
        string[] rooms = [.. Assembly.Load("Strata.Learning").GetTypes().Select(type => Room("Strata.Learning", type)).OfType<string>().Distinct()];
        rooms.Except(LearningLevels.SelectMany(level => level)).ShouldBeEmpty();
    }

    private static string[] Reversed(string project, string[][] levels, (string User, string Used)[] neighbours)
    {
        Dictionary<string, int> levelOf = levels.SelectMany((level, i) => level.Select(room => (room, i))).ToDictionary(pair => pair.room, pair => pair.i);
        return
        [
            .. (from arrow in RoomArrows.Of(Assembly.Load(project))
                let user = Room(project, arrow.User)
                let used = Room(project, arrow.Used)
                where user is not null && used is not null && user != used && levelOf.ContainsKey(user) && levelOf.ContainsKey(used)
                where levelOf[used] >= levelOf[user] && !neighbours.Contains((user, used))
                select $"{user} -> {used}: {arrow.User.Name} uses {arrow.Used.Name}").Distinct(),
        ];
    }

    private static string? Room(string project, Type type) =>
        type.Namespace is string name && name.StartsWith(project + ".", StringComparison.Ordinal) ? name[(project.Length + 1)..].Split('.')[0] : null;
}
