namespace Strata.Learning.Neural.Optimizers;

/// <summary>How the learning rate goes over the training.</summary>
public enum RateSchedule
{
    /// <summary>The same all along.</summary>
    Constant,

    /// <summary>Down to zero along half a cosine (Loshchilov and Hutter 2017).</summary>
    Cosine,

    /// <summary>Up over the first three tenths and down to nearly zero, along cosines (Smith and Topin 2019).</summary>
    OneCycle,
}

/// <summary>The factors of a schedule.</summary>
internal static class RateSchedules
{
    private const double Rising = 0.3, Start = 1.0 / 25, End = 1e-4 / 25;

    /// <summary>What the rate is multiplied by.</summary>
    /// <param name="schedule">Which.</param>
    /// <param name="progress">How much of the training is over, 0 to 1.</param>
    public static double Factor(this RateSchedule schedule, double progress) => schedule switch
    {
        RateSchedule.Cosine => Between(1, 0, progress),
        RateSchedule.OneCycle => progress < Rising ? Between(Start, 1, progress / Rising) : Between(1, End, (progress - Rising) / (1 - Rising)),
        _ => 1,
    };

    private static double Between(double from, double to, double progress) => to + (from - to) * (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))) / 2;
}
