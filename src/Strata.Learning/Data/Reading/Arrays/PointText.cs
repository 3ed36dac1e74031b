using Strata.Tensors;

namespace Strata.Learning.Data.Reading.Arrays;

/// <summary>Reads point clouds in text: points a line (<c>.xyz</c>, <c>.pts</c>), or the vertices and faces of a mesh (<c>.off</c>), on whose surface points are drawn.</summary>
internal static class PointText
{
    private const int MostPoints = 1 << 24;
    private const int MostCoordinates = 64;
    private const ulong DrawingSeed = 0x0FF;

    /// <summary>The points of a file with a point a line: at least x, y, z, and what else stands behind them in every line.</summary>
    public static NumberArray OfLines(ReadOnlySpan<byte> text)
    {
        var lines = new NumberLines(text, "point cloud");
        var numbers = new List<float>();
        int width = 0;
        while (lines.Next(out ReadOnlySpan<byte> line))
        {
            int before = numbers.Count;
            lines.Numbers(line, numbers);
            int count = numbers.Count - before;
            if (width == 0 && count == 1)
            {
                numbers.Clear();
                continue;
            }

            width = width == 0 ? count : width;
            if (count != width || count is < 2 or > MostCoordinates)
            {
                throw new DataException($"Line {lines.Line} of the point cloud has {count} numbers; expected {(before == 0 ? $"2 to {MostCoordinates}, the coordinates of a point" : $"{width} as in the lines before")}.");
            }
        }

        return numbers.Count == 0 ? throw new DataException("The point cloud has no points.") : new NumberArray([numbers.Count / width, width], [.. numbers]);
    }

    /// <summary>Whether the text begins as an OFF mesh does.</summary>
    public static bool IsMesh(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("OFF"u8);

    /// <summary>Points of an OFF mesh: its vertices, or where it has faces and <paramref name="drawn"/> is above 0, so many points spread evenly by chance over its faces, the same ones each time.</summary>
    public static NumberArray OfMesh(ReadOnlySpan<byte> text, int drawn)
    {
        var lines = new NumberLines(text, "mesh");
        if (!lines.Next(out ReadOnlySpan<byte> line) || !line.StartsWith("OFF"u8))
        {
            throw new DataException("The mesh does not begin with OFF.");
        }

        line = line[3..];
        var counts = new List<float>();
        if (line.Trim(" \t"u8).IsEmpty && !lines.Next(out line))
        {
            throw new DataException("The mesh ends behind OFF; expected the numbers of vertices, faces and edges.");
        }

        lines.Numbers(line, counts);
        if (counts.Count < 2 || !(counts[0] >= 1 && counts[0] <= MostPoints) || !(counts[1] >= 0 && counts[1] <= MostPoints))
        {
            throw new DataException($"Line {lines.Line} of the mesh has '{string.Join(' ', counts)}'; expected how many vertices (1 to {MostPoints}) and faces it has.");
        }

        NumberArray vertices = Vertices(ref lines, (int)counts[0]);
        List<int> triangles = Triangles(ref lines, (int)counts[1], vertices.Sizes[0]);
        return triangles.Count > 0 && drawn > 0 ? Drawn(vertices.Values, triangles, drawn) : vertices;
    }

    private static NumberArray Vertices(ref NumberLines lines, int count)
    {
        var numbers = new List<float>();
        var points = new List<float>();
        for (int vertex = 0; vertex < count; vertex++)
        {
            numbers.Clear();
            if (!lines.Next(out ReadOnlySpan<byte> line))
            {
                throw new DataException($"The mesh is cut off: it has {vertex} of {count} vertices.");
            }

            lines.Numbers(line, numbers);
            if (numbers.Count < 3)
            {
                throw new DataException($"Line {lines.Line} of the mesh has {numbers.Count} numbers; expected x, y and z of a vertex.");
            }

            points.AddRange(numbers[..3]);
        }

        return new NumberArray([count, 3], [.. points]);
    }

    /// <summary>Faces of more than three corners are cut into triangles from their first corner.</summary>
    private static List<int> Triangles(ref NumberLines lines, int count, int vertexCount)
    {
        var triangles = new List<int>();
        var numbers = new List<float>();
        for (int face = 0; face < count; face++)
        {
            numbers.Clear();
            if (!lines.Next(out ReadOnlySpan<byte> line))
            {
                throw new DataException($"The mesh is cut off: it has {face} of {count} faces.");
            }

            lines.Numbers(line, numbers);
            int corners = (int)numbers[0];
            if (corners < 1 || corners > numbers.Count - 1 || numbers.GetRange(1, corners).Exists(corner => !(corner >= 0 && corner < vertexCount)))
            {
                throw new DataException($"Line {lines.Line} of the mesh is no face: expected how many corners it has, and for each a vertex from 0 to {vertexCount - 1}.");
            }

            for (int corner = 2; corner < corners; corner++)
            {
                triangles.AddRange([(int)numbers[1], (int)numbers[corner], (int)numbers[corner + 1]]);
            }
        }

        return triangles;
    }

    /// <summary>Points uniform over the surface: a triangle by its area, then a place in it (Osada et al. 2002, equation 1).</summary>
    private static NumberArray Drawn(float[] vertices, List<int> triangles, int count)
    {
        var areas = new double[triangles.Count / 3];
        double sum = 0;
        for (int i = 0; i < areas.Length; i++)
        {
            areas[i] = sum += Area(vertices, triangles[3 * i], triangles[3 * i + 1], triangles[3 * i + 2]);
        }

        if (!(sum > 0 && double.IsFinite(sum)))
        {
            return new NumberArray([vertices.Length / 3, 3], vertices);
        }

        var random = new RandomSource(DrawingSeed);
        var points = new float[count * 3];
        for (int point = 0; point < count; point++)
        {
            int at = Array.BinarySearch(areas, random.NextDouble() * sum);
            int triangle = Math.Min(at < 0 ? ~at : at, areas.Length - 1);
            double root = Math.Sqrt(random.NextDouble()), share = random.NextDouble();
            for (int axis = 0; axis < 3; axis++)
            {
                double a = vertices[3 * triangles[3 * triangle] + axis], b = vertices[3 * triangles[3 * triangle + 1] + axis], c = vertices[3 * triangles[3 * triangle + 2] + axis];
                points[3 * point + axis] = (float)((1 - root) * a + root * (1 - share) * b + root * share * c);
            }
        }

        return new NumberArray([count, 3], points);
    }

    private static double Area(float[] vertices, int a, int b, int c)
    {
        double x1 = vertices[3 * b] - vertices[3 * a], y1 = vertices[3 * b + 1] - vertices[3 * a + 1], z1 = vertices[3 * b + 2] - vertices[3 * a + 2];
        double x2 = vertices[3 * c] - vertices[3 * a], y2 = vertices[3 * c + 1] - vertices[3 * a + 1], z2 = vertices[3 * c + 2] - vertices[3 * a + 2];
        double x = y1 * z2 - z1 * y2, y = z1 * x2 - x1 * z2, z = x1 * y2 - y1 * x2;
        return Math.Sqrt(x * x + y * y + z * z) / 2;
    }
}
