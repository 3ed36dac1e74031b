using Strata.Learning.Data;

namespace Strata.Learning;

/// <summary>The values to be predicted, complete: rows without a target are left out before learning.</summary>
public abstract class Target(string name)
{
    public string Name { get; } = name;

    public abstract int Count { get; }

    public abstract LearningTask Task { get; }

    /// <summary>The class names in code order; empty for a number.</summary>
    public abstract IReadOnlyList<string> Classes { get; }

    public abstract Target Take(ReadOnlySpan<int> rows);

    /// <summary>For learners that need something to predict.</summary>
    /// <exception cref="DataException">There is none.</exception>
    internal static void Require(Target target)
    {
        if (target is NoTarget)
        {
            throw new DataException("There is no target to learn to predict; give one, or look for outliers with an isolation forest or for clusters with k-means.");
        }
    }
}

/// <summary>A class a row: <see cref="Codes"/> index <see cref="Classes"/>. For two classes, code 1 is the one whose probability is the raw score's.</summary>
public sealed class ClassTarget : Target
{
    public ClassTarget(string name, int[] codes, IReadOnlyList<string> classes)
        : base(name)
    {
        if (classes.Count < 2)
        {
            throw new DataException($"Target '{name}' has {classes.Count} class{(classes.Count == 1 ? $" ('{classes[0]}')" : "es")}; classification needs at least two.");
        }

        Codes = codes;
        Classes = classes;
    }

    public int[] Codes { get; }

    public override IReadOnlyList<string> Classes { get; }

    public override int Count => Codes.Length;

    public override LearningTask Task => Classes.Count == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification;

    public override Target Take(ReadOnlySpan<int> rows)
    {
        var taken = new int[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = Codes[rows[i]];
        }

        return new ClassTarget(Name, taken, Classes);
    }
}

/// <summary>Nothing to predict: there are only rows, of which outliers or clusters are to be found.</summary>
public sealed class NoTarget(int count, LearningTask task = LearningTask.OutlierDetection) : Target(task == LearningTask.Clustering ? "cluster" : "outlier")
{
    public override int Count { get; } = count;

    public override LearningTask Task { get; } = task;

    public override IReadOnlyList<string> Classes => [];

    public override Target Take(ReadOnlySpan<int> rows) => new NoTarget(rows.Length, Task);
}

/// <summary>A number a row; all are finite.</summary>
public sealed class NumberTarget(string name, double[] values) : Target(name)
{
    public double[] Values { get; } = values;

    public override IReadOnlyList<string> Classes => [];

    public override int Count => Values.Length;

    public override LearningTask Task => LearningTask.Regression;

    public override Target Take(ReadOnlySpan<int> rows)
    {
        var taken = new double[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = Values[rows[i]];
        }

        return new NumberTarget(Name, taken);
    }
}
