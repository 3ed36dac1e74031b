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

    /// <summary>How unlike the others a row is; nothing tells what is right.</summary>
    OutlierDetection,

    /// <summary>Which rows belong together; nothing tells what is right.</summary>
    Clustering,
}

public static class LearningTasks
{
    public static bool IsClassification(this LearningTask task) => task is LearningTask.BinaryClassification or LearningTask.MulticlassClassification;

    /// <summary>Whether there is something to predict, and not only rows.</summary>
    public static bool HasTarget(this LearningTask task) => task is not (LearningTask.OutlierDetection or LearningTask.Clustering);

    /// <summary>How many raw scores a model has for a row: one for a number, two classes, outliers or clusters, else one a class.</summary>
    public static int OutputCount(this LearningTask task, int classCount) => task == LearningTask.MulticlassClassification ? classCount : 1;
}
