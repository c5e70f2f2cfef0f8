namespace MemOS.Transformations;

/// <summary>What happened to a vault that concerns whoever holds its KV states elsewhere, such as in a model's memory.</summary>
public enum StatesChange
{
    /// <summary>Cubes have new versions: states of them may not be mountable any more.</summary>
    Changed = 0,

    /// <summary>Cubes were erased: no byte of them is to be left.</summary>
    Erased = 1,

    /// <summary>The vault closes: of later changes nobody tells.</summary>
    Closing = 2,
}
