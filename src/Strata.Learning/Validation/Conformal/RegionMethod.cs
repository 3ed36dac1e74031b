namespace Strata.Learning.Validation.Conformal;

/// <summary>How intervals and sets are made.</summary>
public enum RegionMethod
{
    /// <summary>By the errors of models that had not seen the rows, fold by fold (CV+; Barber et al. 2021). Uses all rows; as many further models as folds.</summary>
    CvPlus,

    /// <summary>By the errors on a quarter of the rows that is held back and not learned from (Vovk et al. 2005; Lei et al. 2018).</summary>
    Split,

    /// <summary>Numbers only: boosted quantiles, widened by what a held-back quarter of the rows asks for (Romano, Patterson and Candès 2019): wide where the target is uncertain.</summary>
    Cqr,
}
