using Strata.Tensors;

namespace Strata.Learning.Data;

/// <summary>Simulated tables of series, images and clouds with a class each, for trying things out. No row is an observation.</summary>
public static class SimulatedArrays
{
    private const int ImageSide = 16;
    private static readonly string[] Waves = ["sine", "square", "sawtooth"], Figures = ["circle", "cross", "square"], Bodies = ["box", "pole", "sphere"];

    /// <summary>Noisy waves of 60 to 100 steps: the columns <c>wave</c> (sine, square or sawtooth) and <c>series</c>.</summary>
    public static Frame Series(int rows, ulong seed)
    {
        var random = RandomSource.For(seed, "simulated series");
        var labels = new string[rows];
        var cells = new float[rows][];
        for (int row = 0; row < rows; row++)
        {
            int kind = random.NextInt(Waves.Length), steps = 60 + random.NextInt(41);
            double period = 12 + 20 * random.NextDouble(), phase = random.NextDouble(), height = 0.7 + 0.6 * random.NextDouble();
            labels[row] = Waves[kind];
            cells[row] = new float[steps];
            for (int step = 0; step < steps; step++)
            {
                double turn = step / period + phase, part = turn - Math.Floor(turn);
                double value = kind == 0 ? Math.Sin(2 * Math.PI * part) : kind == 1 ? (part < 0.5 ? 1 : -1) : 2 * part - 1;
                cells[row][step] = (float)(height * value + 0.3 * random.NextGaussian());
            }
        }

        return new Frame(CategoryColumn.Of("wave", labels), new ArrayColumn("series", ColumnType.Series, ArrayColumn.OneChannel, cells));
    }

    /// <summary>Noisy figures of 16 x 16 gray pixels from 0 to 255: the columns <c>figure</c> (circle, cross or square) and <c>image</c>.</summary>
    public static Frame Images(int rows, ulong seed)
    {
        var random = RandomSource.For(seed, "simulated images");
        var labels = new string[rows];
        var cells = new float[rows][];
        for (int row = 0; row < rows; row++)
        {
            int kind = random.NextInt(Figures.Length);
            double middleX = 6 + 4 * random.NextDouble(), middleY = 6 + 4 * random.NextDouble(), size = 3 + 2 * random.NextDouble();
            labels[row] = Figures[kind];
            cells[row] = new float[ImageSide * ImageSide];
            for (int pixel = 0; pixel < cells[row].Length; pixel++)
            {
                double x = Math.Abs(pixel % ImageSide - middleX), y = Math.Abs(pixel / ImageSide - middleY);
                bool inside = kind switch
                {
                    0 => Math.Abs(Math.Sqrt(x * x + y * y) - size) < 0.8,
                    1 => Math.Min(x, y) < 0.8 && Math.Max(x, y) < size,
                    _ => Math.Abs(Math.Max(x, y) - size) < 0.8,
                };
                cells[row][pixel] = (float)Math.Clamp((inside ? 190 : 40) + 30 * random.NextGaussian(), 0, 255);
            }
        }

        var widths = new int[rows];
        Array.Fill(widths, ImageSide);
        return new Frame(CategoryColumn.Of("figure", labels), new ArrayColumn("image", ColumnType.Image, ArrayColumn.OneChannel, cells, widths));
    }

    /// <summary>Points on bodies that stand turned by any angle, 100 to 200 each: the columns <c>body</c> (box, pole or sphere) and <c>points</c> (x, y, z).</summary>
    public static Frame Clouds(int rows, ulong seed)
    {
        var random = RandomSource.For(seed, "simulated clouds");
        var labels = new string[rows];
        var cells = new float[rows][];
        for (int row = 0; row < rows; row++)
        {
            int kind = random.NextInt(Bodies.Length), points = 100 + random.NextInt(101);
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * random.NextDouble());
            labels[row] = Bodies[kind];
            cells[row] = new float[3 * points];
            for (int point = 0; point < points; point++)
            {
                (double x, double y, double z) = OnBody(kind, random);
                cells[row][3 * point] = (float)(cosine * x - sine * y + 0.02 * random.NextGaussian());
                cells[row][3 * point + 1] = (float)(sine * x + cosine * y + 0.02 * random.NextGaussian());
                cells[row][3 * point + 2] = (float)(z + 0.02 * random.NextGaussian());
            }
        }

        return new Frame(CategoryColumn.Of("body", labels), new ArrayColumn("points", ColumnType.Points, ["x", "y", "z"], cells));
    }

    private static (double X, double Y, double Z) OnBody(int kind, RandomSource random)
    {
        double a = 2 * random.NextDouble() - 1, b = 2 * random.NextDouble() - 1, angle = 2 * Math.PI * random.NextDouble(), side = random.NextDouble() < 0.5 ? -0.7 : 0.7;
        return kind switch
        {
            0 => random.NextInt(3) switch { 0 => (side, 0.7 * a, 0.7 * b), 1 => (0.7 * a, side, 0.7 * b), _ => (0.7 * a, 0.7 * b, side) },
            1 => (0.15 * Math.Cos(angle), 0.15 * Math.Sin(angle), a),
            _ => (Math.Sqrt(1 - a * a) * Math.Cos(angle), Math.Sqrt(1 - a * a) * Math.Sin(angle), a),
        };
    }
}
