namespace MemOS.Operator.Recall;

/// <summary>A condition on the header of a cube, evaluated before ranking. Immutable.</summary>
public abstract record CubeFilter
{
    /// <summary>Whether the condition holds for a cube.</summary>
    public abstract bool Matches(MemOS.Cubes.MemCube cube);

    private protected CubeFilter()
    {
    }
}
