namespace MemOS.Evaluation.Datasets;

/// <summary>The side of a data set's split into what may be looked at while a system is tuned and what only says how well that went.</summary>
public enum DatasetSplit
{
    /// <summary>May be tuned on.</summary>
    Development,

    /// <summary>Is measured, never tuned on.</summary>
    HeldOut,
}
