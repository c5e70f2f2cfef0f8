namespace MemOS.Operator.Recall.Filters;

/// <summary>How a condition compares a field with its values.</summary>
public enum FilterOperator
{
    /// <summary>Is the value. A list is when one of its elements is.</summary>
    Equal = 1,

    /// <summary>Is not the value; also holds where the field is missing.</summary>
    NotEqual = 2,

    /// <summary>Is more, or later.</summary>
    Greater = 3,

    /// <summary>Is less, or earlier.</summary>
    Less = 4,

    /// <summary>Is the value or more.</summary>
    GreaterOrEqual = 5,

    /// <summary>Is the value or less.</summary>
    LessOrEqual = 6,

    /// <summary>A list has the element; a text has the part.</summary>
    Contains = 7,

    /// <summary>Is one of the values. A list is when one of its elements is.</summary>
    In = 8,

    /// <summary>Has the value as a part, without regard to case.</summary>
    Like = 9,

    /// <summary>Is there (true) or is missing (false).</summary>
    Exists = 10,
}
