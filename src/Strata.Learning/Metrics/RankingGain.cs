using Strata.Learning.Losses;

namespace Strata.Learning.Metrics;

/// <summary>How well the rows of each query are ordered.</summary>
internal static class RankingGain
{
    private const int MostRelevance = 31;

    /// <summary>
    /// Mean over the groups, weighted by their rows' mean weight; NaN without groups or where a target is no relevance (a whole number from 0 to 31). Rows with equal
    /// predictions share their places' gains (McSherry and Najork 2008); a query where nothing is relevant counts 1, as in LightGBM.
    /// </summary>
    public static double Ndcg(ScoredNumbers rows, int places)
    {
        if (rows.Groups is null || rows.Actual.Any(value => !(value >= 0 && value <= MostRelevance && value == Math.Floor(value))))
        {
            return double.NaN;
        }

        double sum = 0, all = 0;
        foreach (IGrouping<int, int> query in Enumerable.Range(0, rows.Count).GroupBy(row => rows.Groups[row]))
        {
            int[] own = [.. query];
            double weight = own.Average(rows.Weight);
            double best = new DiscountedGain(places).Best([.. own.Select(row => (float)rows.Actual[row])]);
            sum += weight * (best > 0 ? Gain(rows, own, places) / best : 1);
            all += weight;
        }

        return sum / all;
    }

    private static double Gain(ScoredNumbers rows, int[] own, int places)
    {
        double sum = 0;
        int place = 0;
        foreach (IGrouping<double, int> tied in own.GroupBy(row => rows.Predicted[row]).OrderByDescending(tied => tied.Key))
        {
            double discounts = 0, gains = 0;
            int count = 0;
            foreach (int row in tied)
            {
                discounts += place < places ? DiscountedGain.Discount(place) : 0;
                gains += DiscountedGain.Gain((float)rows.Actual[row]);
                (place, count) = (place + 1, count + 1);
            }

            sum += discounts * gains / count;
        }

        return sum;
    }
}
