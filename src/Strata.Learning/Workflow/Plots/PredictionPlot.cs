using Strata.Learning.Metrics;

namespace Strata.Learning.Workflow.Plots;

/// <summary>Predicted numbers over the true ones, a dot a row; a model that is right has all dots on the line.</summary>
public static class PredictionPlot
{
    /// <param name="residuals">Of an evaluation; null where no numbers are predicted.</param>
    /// <param name="name">Tells it from other pictures on the same page.</param>
    public static string Draw(Residuals? residuals, string name = "predicted")
    {
        const string title = "Predicted against true";
        if (residuals is null || residuals.Actual.Length == 0)
        {
            return SvgPicture.Without(name, title, "No numbers were predicted.");
        }

        double[] all = [.. residuals.Actual, .. residuals.Predicted];
        var picture = new SvgPicture(name, title, $"Predicted over true numbers of {residuals.Actual.Length} rows. True ones go from {SvgPicture.Figure(residuals.Actual.Min())} to {SvgPicture.Figure(residuals.Actual.Max())}, predicted ones from {SvgPicture.Figure(residuals.Predicted.Min())} to {SvgPicture.Figure(residuals.Predicted.Max())}.", 560, 520);
        var plot = new LinePlot(picture, (from, to) => Axis.Around(all, from, to), (from, to) => Axis.Around(all, from, to), "true", "predicted");
        picture.Dots([.. residuals.Actual.Zip(residuals.Predicted, (actual, predicted) => (plot.X.At(actual), plot.Y.At(predicted)))], "swarm s0 faint");
        plot.Guide(plot.X.Low, plot.X.Low, plot.X.High, plot.X.High);
        return picture.ToString();
    }
}
