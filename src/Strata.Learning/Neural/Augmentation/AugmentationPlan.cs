using System.Globalization;
using Strata.Learning.Data;

namespace Strata.Learning.Neural.Augmentation;

/// <summary>How training rows are varied by chance, as a recipe says it: a name each, with a number such as <c>jitter=0.05</c>.</summary>
/// <param name="Changes">In the order in which they are applied to each row.</param>
/// <param name="CutMix">Whether a stretch of steps or points, or a rectangle, is put in from another row, and the targets of both count by their shares (Yun et al. 2019).</param>
public sealed record AugmentationPlan(IReadOnlyList<IAugmentation> Changes, bool CutMix)
{
    private static readonly Kind[] Kinds =
    [
        new("jitter", 0.05, 0, 10, strength => new Jitter(strength)),
        new("scale", 0.1, 0, 1, strength => new Rescale(strength)),
        new("warp", 0.3, 0, 0.95, strength => new TimeWarp(strength)),
        new("slice", 0.9, 0.05, 1, share => new WindowSlice(share)),
        new("shift", 2, 0, 10_000, most => new Shift((int)most)),
        new("permute", 4, 2, 64, parts => new Permutation((int)parts)),
        new("flip", 1, 1, 1, _ => new Flip()),
        new("crop", 4, 0, 1000, padding => new Crop((int)padding)),
        new("rotate", 15, 0, 180, degrees => new Rotate(degrees)),
        new("cutout", 0.25, 0, 1, share => new Cutout(share)),
        new("brightness", 0.2, 0, 1, strength => new Brightness(strength)),
        new("turn", 180, 0, 180, degrees => new Turn(degrees)),
        new("drop", 0.5, 0, 0.95, share => new DropPoints(share)),
        new("cutmix", 1, 1, 1, null),
    ];

    /// <summary>For people: the names with their usual numbers.</summary>
    public const string Words = "jitter=0.05, scale=0.1 (series, points), warp=0.3, slice=0.9, shift=2, permute=4 (series), flip (series, images), crop=4, rotate=15, cutout=0.25, brightness=0.2 (images), turn=180, drop=0.5 (points), cutmix";

    /// <summary>Rows as they are.</summary>
    public static AugmentationPlan None { get; } = new([], false);

    public bool IsEmpty => Changes.Count == 0 && !CutMix;

    /// <exception cref="DataException">A name is unknown, stands twice, or its number is out of range; all problems at once.</exception>
    public static AugmentationPlan Of(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var changes = new List<IAugmentation>();
        var problems = new List<string>();
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            string[] parts = text.Split('=', 2, StringSplitOptions.TrimEntries);
            if (Array.Find(Kinds, kind => kind.Name == parts[0]) is not Kind kind)
            {
                problems.Add($"There is no augmentation '{parts[0]}'. {(NearNames.Nearest(parts[0], Kinds.Select(known => known.Name)) is string near ? $"Did you mean '{near}'?" : $"There are: {Words}.")}");
            }
            else if (!NumberOf(parts, kind, out double number))
            {
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"'{text}': expected a number from {kind.Least} to {kind.Most}, such as {kind.Name}={kind.Usual}."));
            }
            else if (!numbers.TryAdd(kind.Name, number))
            {
                problems.Add($"The augmentation '{kind.Name}' stands twice.");
            }
            else if (kind.Make is not null)
            {
                changes.Add(kind.Make(number));
            }
        }

        DataException.ThrowIfAny(problems);
        return new AugmentationPlan(changes, numbers.ContainsKey("cutmix"));
    }

    private static bool NumberOf(string[] parts, Kind kind, out double number)
    {
        number = kind.Usual;
        return parts.Length == 1 || (NumberText.TryParse(parts[1], out number) && number >= kind.Least && number <= kind.Most);
    }

    private sealed record Kind(string Name, double Usual, double Least, double Most, Func<double, IAugmentation>? Make);
}
