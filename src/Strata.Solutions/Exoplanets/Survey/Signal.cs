namespace Strata.Solutions.Exoplanets.Survey;

/// <summary>What truly makes a star dim.</summary>
internal enum SignalOrigin
{
    /// <summary>A planet of the star itself.</summary>
    Planet,

    /// <summary>The star is a binary, and its companion passes in front of it.</summary>
    EclipsingBinary,

    /// <summary>A binary in the background, its eclipses diluted by the star's light.</summary>
    Blend,

    /// <summary>Noise, the instrument, or the star's own unrest.</summary>
    Alarm,
}

/// <summary>A periodic dimming as it truly is.</summary>
/// <param name="Origin">What makes it.</param>
/// <param name="Period">In days.</param>
/// <param name="Duration">In hours.</param>
/// <param name="Depth">Part of the light that is lost.</param>
/// <param name="Impact">In radii of the star.</param>
/// <param name="RadiusRatio">Radius of what passes over that of the star it passes.</param>
/// <param name="SecondaryDepth">Part of the light that is lost half a period later.</param>
/// <param name="Offset">How far beside the star the dimming takes place, in pixels.</param>
internal sealed record Signal(
    SignalOrigin Origin, double Period, double Duration, double Depth, double Impact, double RadiusRatio, double SecondaryDepth = 0, double Offset = 0);
