namespace Strata.Learning.Neural.Optimizers;

/// <summary>How the learning rate goes over the training.</summary>
public enum RateSchedule
{
    /// <summary>The same all along.</summary>
    Constant,

    /// <summary>A tenth after each third.</summary>
    Steps,

    /// <summary>Down to zero along half a cosine (Loshchilov and Hutter 2017).</summary>
    Cosine,

    /// <summary>Up over the first twentieth in a straight line, then down along half a cosine.</summary>
    WarmCosine,

    /// <summary>Up over the first three tenths and down to nearly zero, along cosines (Smith and Topin 2019).</summary>
    OneCycle,

    /// <summary>A tenth whenever the validation loss has not improved for some epochs.</summary>
    Plateau,
}

/// <summary>The factors of schedules.</summary>
internal static class RateSchedules
{
    private const double Rising = 0.3, Start = 1.0 / 25, End = Start / 1e4, Warming = 0.05, WarmStart = 0.01;

    /// <summary>What the rate of a step is multiplied by.</summary>
    /// <param name="schedule">Which.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="count">How many there will be.</param>
    public static double Factor(this RateSchedule schedule, long step, long count)
    {
        switch (schedule)
        {
            case RateSchedule.Steps:
                return Math.Pow(0.1, step / Math.Max(1, (count + 2) / 3));
            case RateSchedule.Cosine:
                return Between(1, 0, step / (double)count);
            case RateSchedule.WarmCosine:
                double warm = Warming * count;
                return step < warm ? WarmStart + (1 - WarmStart) * step / warm : Between(1, 0, (step - warm) / (count - warm));
            case RateSchedule.OneCycle:
                double top = Rising * count - 1;
                return step <= top ? Between(Start, 1, step / top) : Between(1, End, (step - top) / (count - 1 - top));
            default:
                return 1;
        }
    }

    private static double Between(double from, double to, double progress) => to + (from - to) * (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))) / 2;
}
