namespace Strata.Learning.Preparation;

/// <summary>Finds where a function of one number with one valley is smallest, by parabolas and golden sections (Brent 1973, chapter 5).</summary>
internal static class LineMinimum
{
    private const double Golden = 0.3819660112501051;
    private const double Tolerance = 1.5e-8;
    private const int MostSteps = 500;

    /// <param name="function">May be infinite where it has no value.</param>
    /// <param name="low">Where to start; the valley may lie outside.</param>
    /// <param name="high">The other end.</param>
    public static double Of(Func<double, double> function, double low, double high)
    {
        (low, high) = Bracket(function, low, high);
        double best = low + Golden * (high - low), second = best, third = best;
        double atBest = function(best), atSecond = atBest, atThird = atBest, step = 0, before = 0;
        for (int i = 0; i < MostSteps; i++)
        {
            double middle = (low + high) / 2, near = Tolerance * Math.Abs(best) + 1e-12;
            if (Math.Abs(best - middle) <= 2 * near - (high - low) / 2)
            {
                break;
            }

            double r = (best - second) * (atBest - atThird), q = (best - third) * (atBest - atSecond);
            double p = (best - third) * q - (best - second) * r;
            q = 2 * (q - r);
            (p, q) = q > 0 ? (-p, q) : (p, -q);
            if (Math.Abs(before) > near && Math.Abs(p) < Math.Abs(q * before / 2) && p > q * (low - best) && p < q * (high - best))
            {
                (before, step) = (step, p / q);
                double there = best + step;
                if (there - low < 2 * near || high - there < 2 * near)
                {
                    step = Math.CopySign(near, middle - best);
                }
            }
            else
            {
                before = best < middle ? high - best : low - best;
                step = Golden * before;
            }

            double next = best + (Math.Abs(step) >= near ? step : Math.CopySign(near, step)), atNext = function(next);
            if (atNext <= atBest)
            {
                (low, high) = next < best ? (low, best) : (best, high);
                (third, atThird, second, atSecond, best, atBest) = (second, atSecond, best, atBest, next, atNext);
                continue;
            }

            (low, high) = next < best ? (next, high) : (low, next);
            if (atNext <= atSecond || second == best)
            {
                (third, atThird, second, atSecond) = (second, atSecond, next, atNext);
            }
            else if (atNext <= atThird || third == best || third == second)
            {
                (third, atThird) = (next, atNext);
            }
        }

        return best;
    }

    /// <summary>Moves the ends outwards while the function falls towards them.</summary>
    private static (double Low, double High) Bracket(Func<double, double> function, double low, double high)
    {
        for (int i = 0; i < 40; i++)
        {
            double width = high - low, middle = function((low + high) / 2), below = function(low), above = function(high);
            if (below > middle && above > middle)
            {
                break;
            }

            (low, high) = below <= above ? (low - width, high) : (low, high + width);
        }

        return (low, high);
    }
}
