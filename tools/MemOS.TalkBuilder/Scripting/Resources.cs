using System.Reflection;

namespace MemOS.TalkBuilder.Scripting;

/// <summary>The texts that the tool carries.</summary>
internal static class Resources
{
    /// <summary>The names that begin with a prefix, in order.</summary>
    public static IEnumerable<string> Names(string prefix) =>
        Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <summary>The lines of a text.</summary>
    public static IReadOnlyList<string> Lines(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name) ?? throw new FormatException($"There is no text '{name}'.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().Split('\n');
    }
}
