namespace Strata.Learning.Validation.Calibration;

/// <summary>How probabilities are brought in line with how often they come true.</summary>
public enum CalibrationMethod
{
    /// <summary>A sigmoid of the log-odds (Platt 1999).</summary>
    Platt,

    /// <summary>Any rising function, by steps (Zadrozny and Elkan 2002); wants about a thousand rows.</summary>
    Isotonic,

    /// <summary>All log-probabilities divided by one number (Guo et al. 2017); the order of classes stays.</summary>
    Temperature,

    /// <summary>A beta map, which bends either end by itself (Kull et al. 2017).</summary>
    Beta,
}
