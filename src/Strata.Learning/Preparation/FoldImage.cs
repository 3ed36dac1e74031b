using Strata.Learning.Data;

namespace Strata.Learning.Preparation;

/// <summary>Folds number columns that are the pixels of an image, row by row, into one image column.</summary>
public sealed record FoldImage : IStep
{
    public string Name => "fold_image";

    [Hyperparameter("The pattern of the pixels' names with a star where the number stands, such as pixel*.")]
    public string Columns { get; init; } = "pixel*";

    [Hyperparameter("Pixels in a row; 0 for a square image.", Min = 0, Max = 100_000)]
    public int Width { get; init; }

    [Hyperparameter("Numbers of one pixel: 1 for gray, 3 for red, green and blue one after the other.", Min = 1, Max = 64)]
    public int Channels { get; init; } = 1;

    [Hyperparameter("Whether all pixels of one channel stand before those of the next.")]
    public bool ChannelsFirst { get; init; }

    [Hyperparameter("The name of the image.")]
    public string Image { get; init; } = "image";

    public IFittedStep Fit(TrainingTable table, FitContext context)
    {
        ArgumentNullException.ThrowIfNull(table);
        IReadOnlyList<string> found = NumberedColumns.Of(table.Features, Columns, StepOrder.Up).Columns;
        int pixels = found.Count / Channels, width = Width > 0 ? Width : (int)Math.Round(Math.Sqrt(pixels));
        if (pixels * Channels != found.Count || pixels % width != 0 || (Width == 0 && width * width != pixels))
        {
            throw new DataException($"'{Columns}' are {found.Count} columns, which are no image of {Channels} channel{(Channels == 1 ? string.Empty : "s")} {(Width > 0 ? $"and rows of {Width} pixels" : "that is square; say how wide it is")}.");
        }

        string[] columns = [.. Enumerable.Range(0, found.Count).Select(i => found[ChannelsFirst ? i % Channels * pixels + i / Channels : i])];
        IReadOnlyList<string> channels = Channels switch { 1 => ArrayColumn.OneChannel, 3 => ["red", "green", "blue"], _ => [.. Enumerable.Range(1, Channels).Select(number => $"channel_{number}")] };
        var fold = new FoldRule(FreeName.For(Image, table.Features), ColumnType.Image, channels, columns, width);
        return new FoldedArrays(Name, table.Features, [fold], [$"{found.Count} columns are the image '{fold.Name}' of {pixels / width} x {width} pixels."]);
    }
}
