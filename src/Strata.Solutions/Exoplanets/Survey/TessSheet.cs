using System.Globalization;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Detections in the columns of the archive's table of TESS objects of interest.</summary>
internal static class TessSheet
{
    /// <summary>Real star numbers have at most ten digits.</summary>
    internal const long FirstStar = 99_000_000_000;

    private const double FirstDay = 2_458_325;

    public static Frame Of(IReadOnlyList<Detection> detections, ulong seed)
    {
        Row[] rows = [.. detections.Select(detection => Row.Of(detection, seed)).OfType<Row>()];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = rows[i] with { Number = i + 1 };
        }

        return new Sheet<Row>(rows)
            .Number("toi", 9, row => 90_000 + row.Number + 0.01 * row.Found.NumberOfStar)
            .Whole("tid", row => FirstStar + row.Star.Number)
            .Level("tfopwg_disp", row => row.Disposition)
            .Text("rastr", row => SkyText.Hours(row.Star.RightAscension))
            .Number("ra", 9, row => row.Star.RightAscension)
            .Text("decstr", row => SkyText.Degrees(row.Star.Declination))
            .Number("dec", 9, row => row.Star.Declination)
            .Measured("st_pmra", 5, row => row.MotionEast, row => row.MotionError)
            .Measured("st_pmdec", 5, row => row.MotionNorth, row => row.MotionError)
            .Measured("pl_tranmid", 13, row => FirstDay + row.Found.Epoch + row.Observed, row => row.Found.EpochError)
            .Measured("pl_orbper", 9, row => row.SingleTransit ? double.NaN : row.Found.Period, row => row.Found.PeriodError * 0.3)
            .Measured("pl_trandurh", 6, row => row.Found.Duration, row => row.Found.DurationError * 1.6)
            .Measured("pl_trandep", 6, row => row.Found.Depth * 1e6, row => row.Found.DepthError * 1e6)
            .Measured("pl_rade", 6, row => row.HasRadius ? row.Found.PlanetRadius : double.NaN, row => row.HasRadiusError ? row.RadiusError : double.NaN)
            .Number("pl_insol", 7, row => row.HasStar ? Physics.Insolation(row.Found.Catalogue.Temperature, row.Found.ScaledAxis) : double.NaN)
            .Empty("pl_insolerr1", "pl_insolerr2", "pl_insollim")
            .Number("pl_eqt", 6, row => row.HasStar ? Physics.EquilibriumTemperature(row.Found.Catalogue.Temperature, row.Found.ScaledAxis) : double.NaN)
            .Empty("pl_eqterr1", "pl_eqterr2", "pl_eqtlim")
            .Measured("st_tmag", 6, row => row.Star.Magnitude, row => 0.006 + 0.002 * Math.Max(0, 11 - row.Star.Magnitude))
            .Measured("st_dist", 6, row => row.HasStar ? row.Star.Distance : double.NaN, row => row.HasStar ? row.Star.Distance * (0.005 + 2.5e-5 * row.Star.Distance) : double.NaN)
            .Measured("st_teff", 5, row => row.HasStar ? Math.Round(row.Found.Catalogue.Temperature) : double.NaN, row => Math.Round(row.Found.Catalogue.TemperatureError))
            .Measured("st_logg", 3, row => row.HasGravity ? row.Found.Catalogue.Gravity : double.NaN, row => row.HasRadiusError ? row.Found.Catalogue.GravityUpper : double.NaN)
            .Measured("st_rad", 5, row => row.HasRadius ? row.Found.Catalogue.Radius : double.NaN, row => row.HasRadiusError ? row.Found.Catalogue.RadiusLower * 0.5 : double.NaN)
            .Text("toi_created", _ => null)
            .Text("rowupdate", _ => null)
            .Frame;
    }

    /// <summary>A value with its uncertainties and limit flag.</summary>
    private static Sheet<Row> Measured(this Sheet<Row> sheet, string name, int digits, Func<Row, double> value, Func<Row, double> error) => sheet
        .Number(name, digits, value)
        .Number(name + "err1", 4, row => double.IsNaN(value(row)) ? double.NaN : error(row))
        .Number(name + "err2", 4, row => double.IsNaN(value(row)) ? double.NaN : -error(row))
        .Whole(name + "lim", row => double.IsNaN(value(row)) ? null : 0);

    /// <summary>One line of the table; its number is given in the end.</summary>
    private sealed record Row(Detection Found, string Disposition, int Number)
    {
        public Star Star => Found.Star;

        public required double MotionEast { get; init; }

        public required double MotionNorth { get; init; }

        public required double MotionError { get; init; }

        public required double Observed { get; init; }

        public required bool SingleTransit { get; init; }

        public required bool HasStar { get; init; }

        public required bool HasRadius { get; init; }

        public required bool HasRadiusError { get; init; }

        public required bool HasGravity { get; init; }

        public double RadiusError
        {
            get
            {
                double star = Found.Catalogue.RadiusLower / Found.Catalogue.Radius, ratio = Found.RadiusRatioError / Found.RadiusRatio;
                return Found.PlanetRadius * Math.Sqrt(0.3 * star * star + ratio * ratio);
            }
        }

        /// <summary>Null when the vetting threw the object out before it entered the list, as it does with most plain eclipsing binaries.</summary>
        public static Row? Of(Detection found, ulong seed)
        {
            var random = RandomSource.For(seed, string.Create(CultureInfo.InvariantCulture, $"vetting {found.Star.Number} {found.NumberOfStar}"));
            Findings findings = Vetting.Examine(found, random);
            if (findings.Any && random.Chance(findings.StellarEclipse ? 0.85 : 0.6))
            {
                return null;
            }

            double speed = random.LogNormal(32, 0.2) / (4.74e-3 * found.Star.Distance), direction = random.Uniform(0, 2 * Math.PI);
            bool hasStar = random.Chance(0.975), hasRadius = hasStar && random.Chance(0.955);
            return new Row(found, Verdict(found, findings, random), 0)
            {
                MotionEast = speed * Math.Cos(direction),
                MotionNorth = speed * Math.Sin(direction),
                MotionError = random.LogNormal(0.052, 0.25),
                Observed = random.Uniform(0, 2200),
                SingleTransit = random.Chance(0.012),
                HasStar = hasStar,
                HasRadius = hasRadius,
                HasRadiusError = hasRadius && random.Chance(0.8),
                HasGravity = hasStar && random.Chance(0.91),
            };
        }

        /// <summary>Telescopes on the ground settle the bright ones first; what they have not looked at stays a candidate, a doubtful one where the vetting had doubts.</summary>
        private static string Verdict(Detection found, Findings findings, RandomSource random)
        {
            bool planet = found.Truth.Origin == SignalOrigin.Planet;
            if (planet && found.PlanetRadius > 7 && found.Period < 12 && random.Chance(0.19))
            {
                return "KP";
            }

            double effort = Draws.Logistic((9.6 - found.Star.Magnitude) / 1.1) * (findings.Any ? 1 : 0.55) + (findings.Any ? 0.5 : 0.05);
            if (random.Chance(effort))
            {
                return planet && !findings.Any ? "CP" : found.Truth.Origin == SignalOrigin.Alarm ? "FA" : "FP";
            }

            return findings.Any || (!planet && random.Chance(0.3)) ? "APC" : "PC";
        }
    }
}
