namespace Strata.Learning.Neural.Inputs;

/// <summary>How the numbers of series, images and points are brought into range.</summary>
public enum Scaling
{
    /// <summary>Each channel by its mean and deviation in the training rows.</summary>
    Channel,

    /// <summary>Each row by its own: channels by their mean and deviation, points by their centre and radius.</summary>
    Row,

    None,
}
