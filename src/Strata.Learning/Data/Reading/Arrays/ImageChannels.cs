namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Brings gray and coloured images, with and without transparency, to one number of channels.</summary>
internal static class ImageChannels
{
    private const float Opaque = 255;

    /// <summary>Where images differ: coloured when one is, with alpha when one has a pixel that is not opaque. Alpha that says nothing goes.</summary>
    public static void Unify(ArrayCells cells, int count, string name, List<string> notes)
    {
        int[] found = [.. Enumerable.Range(0, count).Select(row => cells[row]).OfType<NumberArray>().Select(Count).Distinct()];
        if (found.Length == 0 || Array.Exists(found, channels => channels > 4) || (found.Length == 1 && found[0] is 1 or 3))
        {
            return;
        }

        bool coloured = Array.Exists(found, channels => channels > 2), alpha = Enumerable.Range(0, count).Any(row => cells[row] is NumberArray image && IsTransparent(image));
        for (int row = 0; row < count; row++)
        {
            cells[row] = cells[row] is NumberArray image ? Of(image, coloured, alpha) : null;
        }

        if (found.Length > 1)
        {
            notes.Add($"'{name}' has images of {string.Join(" and ", found.Order())} channels: all were read as {(coloured ? "red, green, blue" : "gray")}{(alpha ? " and alpha" : string.Empty)}.");
        }
    }

    private static int Count(NumberArray image) => image.Sizes.Length == 3 ? image.Sizes[2] : 1;

    private static bool IsTransparent(NumberArray image)
    {
        int channels = Count(image);
        return channels is 2 or 4 && Enumerable.Range(0, image.Values.Length / channels).Any(pixel => image.Values[pixel * channels + channels - 1] < Opaque);
    }

    private static NumberArray Of(NumberArray image, bool coloured, bool alpha)
    {
        int from = Count(image), colours = coloured ? 3 : 1, to = colours + (alpha ? 1 : 0);
        if (from == to)
        {
            return image;
        }

        int pixels = image.Values.Length / from;
        var values = new float[pixels * to];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int colour = 0; colour < colours; colour++)
            {
                values[pixel * to + colour] = image.Values[pixel * from + (from > 2 ? colour : 0)];
            }

            if (alpha)
            {
                values[pixel * to + colours] = from is 2 or 4 ? image.Values[pixel * from + from - 1] : Opaque;
            }
        }

        return new NumberArray([image.Sizes[0], image.Sizes[1], to], values);
    }
}
