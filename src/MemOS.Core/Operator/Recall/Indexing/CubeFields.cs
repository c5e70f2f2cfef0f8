using MemOS.Cubes;

namespace MemOS.Operator.Recall.Indexing;

/// <summary>Reads out of a cube what the index and the filters call its fields.</summary>
internal static class CubeFields
{
    /// <summary>The conversation of the first source, else the context that the cube stands in, or null.</summary>
    public static string? ConversationOf(MemCube cube) =>
        (cube.Sources.IsDefaultOrEmpty ? null : cube.Sources[0].Conversation) ?? cube.Descriptive.Context;

    /// <summary>Whether the cube was read out of one message, so that it is the same evidence as the message's episode.</summary>
    public static bool IsDerived(MemCube cube) => !cube.Sources.IsDefaultOrEmpty && IsStatement(cube.Descriptive.Type) && HasSingleMessage(cube);

    /// <summary>Whether the cube is a fact or preference, which can stop being true; an event that is over has still happened.</summary>
    public static bool CanStopBeingTrue(MemCube cube) =>
        cube.Descriptive.Type == SemanticType.Fact || cube.Descriptive.Type == SemanticType.Preference;

    /// <summary>UTC ticks, or <see cref="Columns.NoTime"/>.</summary>
    public static long Ticks(DateTimeOffset? time) => time is { } at ? at.UtcTicks : Columns.NoTime;

    private static bool IsStatement(SemanticType type) =>
        type == SemanticType.Fact || type == SemanticType.Event || type == SemanticType.Preference;

    private static bool HasSingleMessage(MemCube cube)
    {
        foreach (MessageSource source in cube.Sources)
        {
            if (source.Number != cube.Sources[0].Number)
            {
                return false;
            }
        }

        return true;
    }
}
