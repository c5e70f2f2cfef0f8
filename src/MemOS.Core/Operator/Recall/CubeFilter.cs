namespace MemOS.Operator.Recall;

/// <summary>A condition on the header of a cube, evaluated before ranking. Immutable.</summary>
public abstract record CubeFilter
{
    private protected CubeFilter()
    {
    }
}
