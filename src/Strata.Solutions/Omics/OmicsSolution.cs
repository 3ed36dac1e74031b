namespace Strata.Solutions.Omics;

/// <summary>Measurements of very many molecules in few samples: classes of patients from one or several blocks of columns.</summary>
public static class OmicsSolution
{
    internal static Solution Create() => new(
        "omics",
        "Omics",
        "Tells classes of samples from gene expression, methylation, proteins and other blocks of many columns, also where a block is missing.",
        OmicsPresets.All,
        [],
        []);
}
