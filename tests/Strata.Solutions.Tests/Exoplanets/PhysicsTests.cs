using Shouldly;
using Strata.Solutions.Exoplanets;
using Xunit;

namespace Strata.Solutions.Tests.Exoplanets;

public sealed class PhysicsTests
{
    [Fact]
    public void The_Earth_is_215_solar_radii_from_the_Sun_and_gets_its_own_light()
    {
        double axis = Physics.ScaledAxis(density: 1, period: 365.25);
        axis.ShouldBe(215.03, 0.05);
        Physics.Insolation(Physics.SunTemperature, axis).ShouldBe(1, 0.001);
        Physics.EquilibriumTemperature(Physics.SunTemperature, axis).ShouldBe(255, 1);
    }

    [Fact]
    public void The_Earth_would_cross_the_Sun_in_thirteen_hours_and_take_84_millionths_of_its_light()
    {
        double ratio = 1 / Physics.EarthRadiiOfSun;
        Physics.Duration(365.25, 215.03, 0, ratio).ShouldBe(13.1, 0.1);
        (ratio * ratio * 1e6).ShouldBe(84, 0.5);
    }

    [Fact]
    public void HD_209458_b_lasts_three_hours()
    {
        // Torres and others 2008: P = 3.5247 d, a/R = 8.76, b = 0.507, k = 0.1209; T = 3.07 h.
        Physics.Duration(3.5247, 8.76, 0.507, 0.1209).ShouldBe(3.07, 0.03);
    }

    [Theory]
    [InlineData(0.1, 0, 0.01)]
    [InlineData(0.1, 0.9, 0.01)]
    [InlineData(0.1, 1.1, 0)]
    [InlineData(2, 0.5, 1)]
    public void Covered_area_is_the_whole_disc_inside_and_nothing_outside(double ratio, double impact, double area) =>
        Physics.CoveredArea(ratio, impact).ShouldBe(area, 1e-12);

    [Theory]
    [InlineData(0.1, 0.95)]
    [InlineData(0.5, 0.8)]
    [InlineData(1, 0.4)]
    public void Covered_area_at_the_limb_equals_counting_points(double ratio, double impact)
    {
        int inside = 0, points = 0;
        for (double x = -1; x <= 1; x += 0.002)
        {
            for (double y = -1; y <= 1; y += 0.002)
            {
                if (x * x + y * y <= 1)
                {
                    points++;
                    inside += (x - impact) * (x - impact) + y * y <= ratio * ratio ? 1 : 0;
                }
            }
        }

        Physics.CoveredArea(ratio, impact).ShouldBe((double)inside / points, 0.001);
    }

    [Fact]
    public void A_path_beside_the_star_has_no_duration() => Physics.Duration(3, 9, 1.2, 0.1).ShouldBe(0);

    [Theory]
    [InlineData(192.85948, 27.12825, 90)]
    [InlineData(266.405, -28.936, 0)]
    [InlineData(290.67, 44.5, 13.3)]
    public void Galactic_latitude_of_the_pole_the_centre_and_Keplers_field(double ascension, double declination, double latitude) =>
        Physics.GalacticLatitude(ascension, declination).ShouldBe(latitude, 0.3);
}
