using System.Globalization;
using Strata.Learning.Data;
using Strata.Tensors;

namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>Detections in the columns of the archive's cumulative table.</summary>
internal static class KeplerSheet
{
    /// <summary>Real star numbers stay below 13 million.</summary>
    internal const long FirstStar = 900_000_000;

    public static Frame Of(IReadOnlyList<Detection> detections, ulong seed)
    {
        Row[] rows = [.. detections.Select(detection => Row.Of(detection, seed))];
        return new Sheet<Row>(rows)
            .Whole("kepid", row => FirstStar + row.Star.Number)
            .Text("kepoi_name", row => string.Create(CultureInfo.InvariantCulture, $"S{row.Star.Number:D6}.{row.Found.NumberOfStar:D2}"))
            .Text("kepler_name", row => row.Disposition == "CONFIRMED" ? string.Create(CultureInfo.InvariantCulture, $"Simulated-{row.Star.Number} {(char)('a' + row.Found.NumberOfStar)}") : null)
            .Level("koi_disposition", row => row.Disposition)
            .Level("koi_pdisposition", row => row.Findings.Any ? "FALSE POSITIVE" : "CANDIDATE")
            .Number("koi_score", 3, row => row.Scored ? Math.Round(row.Findings.Score, 3) : double.NaN)
            .Whole("koi_fpflag_nt", row => row.Findings.NotTransitLike ? 1 : 0)
            .Whole("koi_fpflag_ss", row => row.Findings.StellarEclipse ? 1 : 0)
            .Whole("koi_fpflag_co", row => row.Findings.CentroidOffset ? 1 : 0)
            .Whole("koi_fpflag_ec", row => row.Findings.EphemerisMatch ? 1 : 0)
            .Number("koi_period", 10, row => row.Found.Period)
            .Number("koi_period_err1", 4, row => row.Measured(row.Found.PeriodError))
            .Number("koi_period_err2", 4, row => row.Measured(-row.Found.PeriodError))
            .Number("koi_time0bk", 9, row => 131.5 + row.Found.Epoch)
            .Number("koi_time0bk_err1", 3, row => row.Measured(row.Found.EpochError))
            .Number("koi_time0bk_err2", 3, row => row.Measured(-row.Found.EpochError))
            .Number("koi_impact", 4, row => row.Fitted(row.Found.Impact))
            .Number("koi_impact_err1", 3, row => row.Measured(row.Found.ImpactError))
            .Number("koi_impact_err2", 3, row => row.Measured(-Math.Min(row.Found.Impact, row.Found.ImpactError)))
            .Number("koi_duration", 5, row => row.Found.Duration)
            .Number("koi_duration_err1", 3, row => row.Measured(row.Found.DurationError))
            .Number("koi_duration_err2", 3, row => row.Measured(-row.Found.DurationError))
            .Number("koi_depth", 5, row => row.Fitted(row.Found.Depth * 1e6))
            .Number("koi_depth_err1", 3, row => row.Measured(row.Found.DepthError * 1e6))
            .Number("koi_depth_err2", 3, row => row.Measured(-row.Found.DepthError * 1e6))
            .Number("koi_prad", 3, row => row.Fitted(row.Found.PlanetRadius))
            .Number("koi_prad_err1", 2, row => row.Fitted(row.RadiusError(row.Found.Catalogue.RadiusUpper)))
            .Number("koi_prad_err2", 2, row => row.Fitted(-row.RadiusError(row.Found.Catalogue.RadiusLower)))
            .Number("koi_teq", 4, row => row.Fitted(Math.Round(Physics.EquilibriumTemperature(row.Found.Catalogue.Temperature, row.Found.ScaledAxis))))
            .Empty("koi_teq_err1", "koi_teq_err2")
            .Number("koi_insol", 4, row => row.Fitted(row.Insolation))
            .Number("koi_insol_err1", 3, row => row.Fitted(row.Insolation * 2.2 * row.Found.Catalogue.RadiusUpper / row.Found.Catalogue.Radius))
            .Number("koi_insol_err2", 3, row => row.Fitted(-row.Insolation * 2.2 * row.Found.Catalogue.RadiusLower / row.Found.Catalogue.Radius))
            .Number("koi_model_snr", 3, row => row.Fitted(Math.Round(row.Found.SignalToNoise, 1)))
            .Whole("koi_tce_plnt_num", row => row.Found.NumberOfStar)
            .Level("koi_tce_delivname", _ => "simulated")
            .Number("koi_steff", 4, row => row.Fitted(Math.Round(row.Found.Catalogue.Temperature)))
            .Number("koi_steff_err1", 3, row => row.Fitted(Math.Round(row.Found.Catalogue.TemperatureError * 0.95)))
            .Number("koi_steff_err2", 3, row => row.Fitted(-Math.Round(row.Found.Catalogue.TemperatureError * 1.05)))
            .Number("koi_slogg", 4, row => row.Fitted(row.Found.Catalogue.Gravity))
            .Number("koi_slogg_err1", 2, row => row.Fitted(row.Found.Catalogue.GravityUpper))
            .Number("koi_slogg_err2", 2, row => row.Fitted(-row.Found.Catalogue.GravityLower))
            .Number("koi_srad", 4, row => row.Fitted(row.Found.Catalogue.Radius))
            .Number("koi_srad_err1", 3, row => row.Fitted(row.Found.Catalogue.RadiusUpper))
            .Number("koi_srad_err2", 3, row => row.Fitted(-row.Found.Catalogue.RadiusLower))
            .Number("ra", 8, row => row.Star.RightAscension)
            .Number("dec", 8, row => row.Star.Declination)
            .Number("koi_kepmag", 5, row => row.Star.Magnitude)
            .Frame;
    }

    /// <summary>One line of the table: a few objects lack their fit, a few more lack uncertainties.</summary>
    private sealed record Row(Detection Found, Findings Findings, string Disposition, bool HasFit, bool HasErrors, bool Scored)
    {
        public Star Star => Found.Star;

        public double Insolation => Physics.Insolation(Found.Catalogue.Temperature, Found.ScaledAxis);

        public static Row Of(Detection found, ulong seed)
        {
            var random = RandomSource.For(seed, string.Create(CultureInfo.InvariantCulture, $"vetting {found.Star.Number} {found.NumberOfStar}"));
            Findings findings = Vetting.Examine(found, random);
            string disposition = Vetting.Disposition(found, findings, random);
            bool hasFit = disposition == "CONFIRMED" || random.Chance(0.947);
            return new Row(found, findings, disposition, hasFit, hasFit && random.Chance(0.99), random.Chance(0.842));
        }

        public double Fitted(double value) => HasFit ? value : double.NaN;

        public double Measured(double value) => HasErrors ? value : double.NaN;

        /// <summary>The star's radius and the fitted ratio both carry errors; they add in squares.</summary>
        public double RadiusError(double stellarError)
        {
            double star = stellarError / Found.Catalogue.Radius, ratio = Found.RadiusRatioError / Found.RadiusRatio;
            return Found.PlanetRadius * Math.Sqrt(star * star + ratio * ratio);
        }
    }
}
