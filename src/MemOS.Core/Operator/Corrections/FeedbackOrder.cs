using System.Collections.Immutable;
using System.Globalization;
using MemOS.Cubes;

namespace MemOS.Operator.Corrections;

/// <summary>A feedback that is to be carried out, as a job's argument: the number of its message, the memories that it names, and <c>!</c> where it may erase.</summary>
/// <param name="Message">The number of the message that holds the words.</param>
/// <param name="About">The memories that it is about; empty to look for them.</param>
/// <param name="Erase">Whether "forget" erases for good.</param>
internal sealed record FeedbackOrder(long Message, ImmutableArray<CubeId> About, bool Erase)
{
    /// <summary>Writes it.</summary>
    public string Format() => string.Join(' ', [Message.ToString(CultureInfo.InvariantCulture), .. About.Select(cube => cube.ToString()), .. Erase ? ["!"] : Array.Empty<string>()]);

    /// <summary>Reads what <see cref="Format"/> writes.</summary>
    /// <exception cref="MemOSException"><see cref="ErrorCodes.InvalidInput"/> for anything else.</exception>
    public static FeedbackOrder Parse(string argument)
    {
        string[] parts = argument.Split(' ');
        bool erase = parts[^1] == "!";
        ImmutableArray<CubeId> about = [.. parts[1..(erase ? ^1 : ^0)].Select(part => CubeId.TryParse(part, out CubeId id) ? id : throw Invalid(argument))];
        return long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long message) ? new FeedbackOrder(message, about, erase) : throw Invalid(argument);
    }

    private static MemOSException Invalid(string argument) => new(ErrorCodes.InvalidInput, $"'{argument}' is no feedback to be carried out.");
}
