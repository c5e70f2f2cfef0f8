using MemOS.Models.Llama.Native;

namespace MemOS.Models.Llama.Training;

/// <summary>A stretch of keys and values of one layer that rows see in front of themselves.</summary>
/// <param name="Keys">Head size × positions × heads; turned to their positions.</param>
/// <param name="Values">Positions × head size × heads.</param>
internal readonly record struct PrefixPart(Tensor Keys, Tensor Values)
{
    public int Length => (int)Keys.N1;
}
