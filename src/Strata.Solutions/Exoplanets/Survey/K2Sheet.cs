using System.Globalization;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Detections in the columns of the archive's table of K2 planets and candidates: a row a paper, one of them the default.</summary>
internal static class K2Sheet
{
    /// <summary>No real star is called so.</summary>
    internal const string StarPrefix = "SIM ";

    private const double EarthRadiiOfJupiter = 11.209;

    public static Frame Of(IReadOnlyList<Detection> detections, ulong seed)
    {
        Row[] rows = [.. detections.SelectMany(detection => Row.Of(detection, seed))];
        return new Sheet<Row>(rows)
            .Text("pl_name", row => string.Create(CultureInfo.InvariantCulture, $"{StarPrefix}{row.Star.Number}{(row.Disposition == "CONFIRMED" ? $" {(char)('a' + row.Found.NumberOfStar)}" : $".{row.Found.NumberOfStar:D2}")}"))
            .Text("hostname", row => string.Create(CultureInfo.InvariantCulture, $"{StarPrefix}{row.Star.Number}"))
            .Whole("default_flag", row => row.IsDefault ? 1 : 0)
            .Level("disposition", row => row.Disposition)
            .Level("disp_refname", _ => "Simulated survey")
            .Whole("sy_snum", _ => 1)
            .Whole("sy_pnum", row => row.Disposition == "CONFIRMED" ? row.Found.DetectionsOfStar : 0)
            .Level("discoverymethod", _ => "Transit")
            .Whole("disc_year", _ => null)
            .Level("disc_facility", _ => "Simulated survey")
            .Level("soltype", row => row.Disposition == "CONFIRMED" ? "Published Confirmed" : "Published Candidate")
            .Whole("pl_controv_flag", _ => 0)
            .Level("pl_refname", row => string.Create(CultureInfo.InvariantCulture, $"Simulated paper {row.Paper}"))
            .Measured("pl_orbper", 10, row => row.Found.Period, row => row.HasErrors ? row.Found.PeriodError * 2.5 : double.NaN)
            .Unmeasured("pl_orbsmax")
            .Measured("pl_rade", 5, row => row.Radius, row => row.HasErrors ? row.RadiusError : double.NaN)
            .Measured("pl_radj", 5, row => row.Radius / EarthRadiiOfJupiter, row => row.HasErrors ? row.RadiusError / EarthRadiiOfJupiter : double.NaN)
            .Unmeasured("pl_bmasse")
            .Unmeasured("pl_bmassj")
            .Level("pl_bmassprov", _ => null)
            .Unmeasured("pl_orbeccen")
            .Unmeasured("pl_insol")
            .Unmeasured("pl_eqt")
            .Whole("ttv_flag", _ => 0)
            .Level("st_refname", row => string.Create(CultureInfo.InvariantCulture, $"Simulated paper {row.Paper}"))
            .Level("st_spectype", _ => null)
            .Measured("st_teff", 5, row => row.HasTemperature ? Math.Round(row.Found.Catalogue.Temperature) : double.NaN, row => Math.Round(row.Found.Catalogue.TemperatureError))
            .Measured("st_rad", 4, row => row.HasStellarRadius ? row.Found.Catalogue.Radius : double.NaN, row => row.HasErrors ? row.Found.Catalogue.RadiusLower * 0.6 : double.NaN)
            .Measured("st_mass", 4, row => row.HasMass ? row.Mass : double.NaN, row => row.Mass * 0.07)
            .Measured("st_met", 3, row => row.HasMetals ? row.Metals : double.NaN, _ => 0.08)
            .Level("st_metratio", row => row.HasMetals ? "[Fe/H]" : null)
            .Measured("st_logg", 4, row => row.HasGravity ? row.Found.Catalogue.Gravity : double.NaN, row => row.Found.Catalogue.GravityUpper)
            .Level("sy_refname", _ => "Simulated catalogue")
            .Text("rastr", row => SkyText.Hours(row.Star.RightAscension))
            .Number("ra", 9, row => row.Star.RightAscension)
            .Text("decstr", row => SkyText.Degrees(row.Star.Declination))
            .Number("dec", 9, row => row.Star.Declination)
            .Uncertain("sy_dist", 6, row => row.HasDistance ? row.Star.Distance : double.NaN, row => row.Star.Distance * (0.003 + 3e-5 * row.Star.Distance))
            .Uncertain("sy_vmag", 5, row => row.Star.Magnitude + row.Colour * 0.18, _ => 0.09)
            .Uncertain("sy_kmag", 5, row => row.Star.Magnitude - row.Colour, _ => 0.023)
            .Uncertain("sy_gaiamag", 6, row => row.Star.Magnitude, _ => 0.0005)
            .Text("rowupdate", _ => null)
            .Text("pl_pubdate", _ => null)
            .Text("releasedate", _ => null)
            .Frame;
    }

    private static Sheet<Row> Uncertain(this Sheet<Row> sheet, string name, int digits, Func<Row, double> value, Func<Row, double> error) => sheet
        .Number(name, digits, value)
        .Number(name + "err1", 3, row => double.IsNaN(value(row)) ? double.NaN : error(row))
        .Number(name + "err2", 3, row => double.IsNaN(value(row)) ? double.NaN : -error(row));

    private static Sheet<Row> Measured(this Sheet<Row> sheet, string name, int digits, Func<Row, double> value, Func<Row, double> error) => sheet
        .Uncertain(name, digits, value, error)
        .Whole(name + "lim", row => double.IsNaN(value(row)) ? null : 0);

    /// <summary>What only follow-up observations give, and the simulator has none.</summary>
    private static Sheet<Row> Unmeasured(this Sheet<Row> sheet, string name) => sheet.Empty(name, name + "err1", name + "err2", name + "lim");

    /// <summary>One paper's values of an object.</summary>
    private sealed record Row(Detection Found, string Disposition, bool IsDefault, int Paper)
    {
        public Star Star => Found.Star;

        public required double Radius { get; init; }

        public required bool HasErrors { get; init; }

        public required bool HasTemperature { get; init; }

        public required bool HasStellarRadius { get; init; }

        public required bool HasMass { get; init; }

        public required bool HasMetals { get; init; }

        public required bool HasGravity { get; init; }

        public required bool HasDistance { get; init; }

        public required double Metals { get; init; }

        public double RadiusError
        {
            get
            {
                double star = Found.Catalogue.RadiusLower / Found.Catalogue.Radius, ratio = Found.RadiusRatioError / Found.RadiusRatio;
                return Radius * Math.Sqrt(0.5 * star * star + ratio * ratio);
            }
        }

        /// <summary>Solar masses that the catalogue's gravity and radius mean.</summary>
        public double Mass => Math.Clamp(Physics.Density(Found.Catalogue.Gravity, Found.Catalogue.Radius) * Math.Pow(Found.Catalogue.Radius, 3), 0.05, 4);

        /// <summary>Visible minus infrared magnitude: cool stars are red.</summary>
        public double Colour => Math.Max(0.3, 1.45 + (5772 - Star.Temperature) / 1250);

        /// <summary>Most plain eclipsing binaries are never published; what is published, is published once or a few times.</summary>
        public static IEnumerable<Row> Of(Detection found, ulong seed)
        {
            var random = RandomSource.For(seed, string.Create(CultureInfo.InvariantCulture, $"vetting {found.Star.Number} {found.NumberOfStar}"));
            Findings findings = Vetting.Examine(found, random);
            if (findings.Any && random.Chance(0.75))
            {
                yield break;
            }

            string disposition = Vetting.Disposition(found, findings, random);

            // Follow-up goes to the bright stars; the planets of faint ones stay candidates.
            bool followedUp = random.Chance(Draws.Logistic((13.8 - found.Star.Magnitude) / 0.35));
            disposition = disposition == "CONFIRMED" && !followedUp ? "CANDIDATE" : disposition;
            int papers = 1 + (int)random.Weibull(disposition == "CONFIRMED" ? 2.2 : 0.8, 1);
            int preferred = random.NextInt(papers);
            for (int paper = 0; paper < papers; paper++)
            {
                // As in the archive, what was followed up has a spectrum, and what failed the vetting often not even a radius.
                (double spectra, double radii) = disposition switch
                {
                    "CONFIRMED" => (0.96, 0.97),
                    "CANDIDATE" => (0.47, 0.85),
                    _ => (0.86, 0.35),
                };
                bool spectrum = random.Chance(spectra);
                yield return new Row(found, disposition, paper == preferred, 1 + random.NextInt(60))
                {
                    Radius = random.Chance(radii) ? found.PlanetRadius * random.LogNormal(1, 0.02) : double.NaN,
                    HasErrors = random.Chance(0.8),
                    HasTemperature = spectrum,
                    HasStellarRadius = random.Chance(0.965),
                    HasMass = spectrum && random.Chance(0.82),
                    HasMetals = spectrum && random.Chance(0.62),
                    HasGravity = spectrum && random.Chance(0.82),
                    HasDistance = random.Chance(0.96),
                    Metals = found.Star.Metallicity + random.Normal(0, 0.07),
                };
            }
        }
    }
}
