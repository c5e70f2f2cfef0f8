namespace MemOS.Operator.Recall.Filters;

/// <summary>The fields of a cube that a filter can name.</summary>
public enum CubeField
{
    /// <summary>The cube's id.</summary>
    Id = 1,

    /// <summary>The semantic type, without regard to case.</summary>
    Type = 2,

    /// <summary>Who said it, without regard to case.</summary>
    Speaker = 3,

    /// <summary>The role of who said it, without regard to case.</summary>
    Role = 4,

    /// <summary>The tags (a list).</summary>
    Tags = 5,

    /// <summary>The names in it (a list), without regard to case.</summary>
    Entities = 6,

    /// <summary>The conversation of its first source, else the context that it stands in.</summary>
    Conversation = 7,

    /// <summary>The life-cycle state, by name.</summary>
    State = 8,

    /// <summary>When the cube was made.</summary>
    CreatedAt = 9,

    /// <summary>When this version was written.</summary>
    UpdatedAt = 10,

    /// <summary>When it was said.</summary>
    SaidAt = 11,

    /// <summary>From when on it holds; missing when it always did.</summary>
    ValidFrom = 12,

    /// <summary>When it stops to hold; missing when it does not.</summary>
    ValidTo = 13,

    /// <summary>The time in which it holds: equal to a time when the two overlap.</summary>
    ValidAt = 14,

    /// <summary>The priority, -100 to 100.</summary>
    Priority = 15,

    /// <summary>The sensitivity, by name or number.</summary>
    Sensitivity = 16,

    /// <summary>The form of the payload, by name.</summary>
    Kind = 17,

    /// <summary>What a single-valued fact is the value of.</summary>
    FactKey = 18,

    /// <summary>A key of the free metadata.</summary>
    Info = 19,
}
