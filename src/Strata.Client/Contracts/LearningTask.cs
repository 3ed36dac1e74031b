namespace Strata.Client.Contracts;

/// <summary>What is to be predicted.</summary>
public enum LearningTask
{
    BinaryClassification,
    MulticlassClassification,
    Regression,
    OutlierDetection,
    Clustering,
}
