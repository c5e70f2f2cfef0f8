using System.Text;
using MemOS.Api.Product;

namespace MemOS.Server.Compat;

/// <summary>The preferences that were found, as text for a prompt.</summary>
internal static class PreferenceText
{
    private const string English = "Follow these preferences of the user where they bear on the request. Explicit ones weigh more than implicit ones; what the user says now weighs more than either.";
    private const string Chinese = "请在与当前请求相关时遵循用户的上述偏好。显式偏好优先于隐式偏好；用户当前的要求优先于二者。";

    /// <summary>How to use preferences, and the preferences as a list; empty and null when there are none.</summary>
    public static (string Note, string? Text) Of(IReadOnlyList<ProductBucket> buckets)
    {
        ProductItem[] items = [.. buckets.SelectMany(bucket => bucket.Memories)];
        if (items.Length == 0)
        {
            return ("", null);
        }

        string note = Note([.. items.Select(item => item.Memory)]);
        StringBuilder text = new();
        Append(text, "Explicit Preference:", items.Where(item => item.Metadata.PreferenceType == "explicit_preference"));
        Append(text, "Implicit Preference:", items.Where(item => item.Metadata.PreferenceType != "explicit_preference"));
        return (note, text.Append(note).ToString());
    }

    /// <summary>How to use preferences, in their language; empty when there are none.</summary>
    public static string Note(IReadOnlyList<string> preferences) => preferences.Count == 0 ? ""
        : preferences.Any(text => text.Any(c => c is >= '\u4e00' and <= '\u9fff')) ? Chinese
        : English;

    private static void Append(StringBuilder text, string heading, IEnumerable<ProductItem> items)
    {
        int number = 0;
        foreach (ProductItem item in items)
        {
            text.Append(number == 0 ? heading + "\n" : "").Append(++number).Append(". ").Append(item.Metadata.Preference).Append('\n');
        }
    }
}
