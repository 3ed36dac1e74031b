using Strata.Learning.Data;

namespace Strata.Solutions.Exoplanets;

/// <summary>One row of a survey in the common quantities, with what follows from them; NaN is unknown.</summary>
internal sealed class Transit
{
    private readonly double[] values;

    private Transit(double[] values, int objectsOfStar, double magnitudeOffset)
    {
        this.values = values;
        ObjectsOfStar = objectsOfStar;
        Magnitude = values[(int)TransitQuantity.Magnitude] + magnitudeOffset;
        Density = Physics.Density(SurfaceGravity, StellarRadius);
        ScaledAxis = Physics.ScaledAxis(Density, Period);
        double radiusRatio = PlanetRadius / (StellarRadius * Physics.EarthRadiiOfSun);
        DepthOfRadii = radiusRatio * radiusRatio * 1e6;
        double measuredDepth = values[(int)TransitQuantity.Depth];
        Depth = measuredDepth > 0 ? measuredDepth : DepthOfRadii;
        double coveredRatio = Depth >= 0 ? Math.Sqrt(Math.Min(1, Depth * 1e-6)) : 0;
        CentralDuration = ScaledAxis > 1 ? Physics.Duration(Period, ScaledAxis, 0, coveredRatio) : double.NaN;
        Insolation = Physics.Insolation(StellarTemperature, ScaledAxis);
        double givenNoise = values[(int)TransitQuantity.SignalToNoise];
        SignalToNoise = double.IsNaN(givenNoise) ? measuredDepth / DepthError : givenNoise;
    }

    public double Period => values[(int)TransitQuantity.Period];

    public double PeriodError => Size(TransitQuantity.PeriodError);

    public double Duration => values[(int)TransitQuantity.Duration];

    public double DurationError => Size(TransitQuantity.DurationError);

    public double Depth { get; }

    public double DepthError => Size(TransitQuantity.DepthError);

    public double DepthOfRadii { get; }

    public double Impact => values[(int)TransitQuantity.Impact];

    public double SignalToNoise { get; }

    public double PlanetRadius => values[(int)TransitQuantity.PlanetRadius];

    public double PlanetRadiusError => Size(TransitQuantity.PlanetRadiusError);

    public double StellarTemperature => values[(int)TransitQuantity.StellarTemperature];

    public double StellarTemperatureError => Size(TransitQuantity.StellarTemperatureError);

    public double SurfaceGravity => values[(int)TransitQuantity.SurfaceGravity];

    public double SurfaceGravityError => Size(TransitQuantity.SurfaceGravityError);

    public double StellarRadius => values[(int)TransitQuantity.StellarRadius];

    public double StellarRadiusError => Size(TransitQuantity.StellarRadiusError);

    public double Distance => values[(int)TransitQuantity.Distance];

    public double Magnitude { get; }

    public double ProperMotion
    {
        get
        {
            double east = values[(int)TransitQuantity.ProperMotionEast], north = values[(int)TransitQuantity.ProperMotionNorth];
            return Math.Sqrt(east * east + north * north);
        }
    }

    public double GalacticLatitude => Physics.GalacticLatitude(values[(int)TransitQuantity.RightAscension], values[(int)TransitQuantity.Declination]);

    public double Density { get; }

    public double ScaledAxis { get; }

    public double CentralDuration { get; }

    public double Insolation { get; }

    public int ObjectsOfStar { get; }

    public static Transit[] Read(Frame table, MissionColumns columns)
    {
        int quantityCount = Enum.GetValues<TransitQuantity>().Length;
        var numbers = new Column?[quantityCount];
        var problems = new List<string>();
        foreach ((TransitQuantity quantity, string columnName) in columns.Names)
        {
            Column? column = table.TryGet(columnName);
            if (quantity != TransitQuantity.Star && column is not null && !column.IsNumeric && column.MissingCount < column.Count)
            {
                problems.Add($"Column '{columnName}' stands for the {MissionColumns.NameOf(quantity).Replace('_', ' ')} but holds {column.Type.ToString().ToLowerInvariant()}; it takes numbers.");
            }

            numbers[(int)quantity] = column is { IsNumeric: true } ? column : null;
        }

        DataException.ThrowIfAny(problems);
        Column? star = columns.Names.GetValueOrDefault(TransitQuantity.Star) is string name ? table.TryGet(name) : null;
        int[] objects = ObjectsPerStar(star, numbers[(int)TransitQuantity.Period], table.RowCount);
        var transits = new Transit[table.RowCount];
        for (int row = 0; row < transits.Length; row++)
        {
            var values = new double[quantityCount];
            for (int i = 0; i < quantityCount; i++)
            {
                values[i] = numbers[i]?.NumberAt(row) ?? double.NaN;
            }

            transits[row] = new Transit(values, objects[row], columns.MagnitudeOffset);
        }

        return transits;
    }

    /// <summary>For each row, how many objects of different periods the table has for its star; 1 where none is named. A table may list an object several times.</summary>
    private static int[] ObjectsPerStar(Column? star, Column? period, int rowCount)
    {
        var periods = new Dictionary<string, List<double>>(StringComparer.Ordinal);
        for (int row = 0; star is not null && row < rowCount; row++)
        {
            if (star.TextAt(row) is string name)
            {
                if (!periods.TryGetValue(name, out List<double>? ofStar))
                {
                    periods[name] = ofStar = [];
                }

                ofStar.Add(period?.NumberAt(row) ?? double.NaN);
            }
        }

        var countOf = periods.ToDictionary(pair => pair.Key, pair => Different(pair.Value), StringComparer.Ordinal);
        var objects = new int[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            objects[row] = star?.TextAt(row) is string name ? countOf[name] : 1;
        }

        return objects;
    }

    /// <summary>How many values stand more than one part in a hundred apart; at least 1.</summary>
    private static int Different(List<double> periods)
    {
        periods.Sort();
        int count = 0;
        double last = double.NaN;
        foreach (double period in periods)
        {
            if (!double.IsNaN(period) && !(period < last * 1.01))
            {
                count++;
                last = period;
            }
        }

        return Math.Max(1, count);
    }

    private double Size(TransitQuantity quantity) => Math.Abs(values[(int)quantity]);
}
