namespace Strata.Learning;

/// <summary>What is to be predicted.</summary>
public enum LearningTask
{
    /// <summary>One of two classes.</summary>
    BinaryClassification,

    /// <summary>One of three or more classes.</summary>
    MulticlassClassification,

    /// <summary>A number.</summary>
    Regression,
}

public static class LearningTasks
{
    public static bool IsClassification(this LearningTask task) => task != LearningTask.Regression;

    /// <summary>How many raw scores a model has for a row: one for a number or two classes, else one a class.</summary>
    public static int OutputCount(this LearningTask task, int classCount) => task == LearningTask.MulticlassClassification ? classCount : 1;
}
