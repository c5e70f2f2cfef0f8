namespace MemOS.Reader.Time;

/// <summary>Which occurrence a time expression means that names several, such as "Friday" or "in May".</summary>
public enum TimeDirection
{
    /// <summary>The nearest one that has begun: right for statements about what happened.</summary>
    Past = 0,

    /// <summary>The nearest one that is not over: right for plans.</summary>
    Future = 1,
}
