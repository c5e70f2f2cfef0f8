using System.Collections.Immutable;
using System.Text.Json;
using MemOS.Reader;

namespace MemOS.Operator.Corrections.Editing;

/// <summary>Reads what a model answered as an <see cref="EditPlan"/>. Talk and fences around the JSON, comments and stray commas are mended; anything else that is not as asked is a fault.</summary>
/// <remarks>A plan that breaks off is a fault too: its first half may not be carried out as if it were all.</remarks>
internal static class EditPlanReader
{
    private static readonly JsonDocumentOptions Forgiving = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 16 };

    /// <summary>Reads an answer.</summary>
    /// <param name="answer">What the model said.</param>
    /// <param name="shown">How many memories it was shown.</param>
    /// <exception cref="FormatException">It is no such plan; the message says why, without repeating anything of it.</exception>
    public static EditPlan Read(string answer, int shown)
    {
        int start = answer.IndexOf('{', StringComparison.Ordinal);
        int end = answer.LastIndexOf('}');
        if (start < 0 || end < start)
        {
            throw new FormatException("There is no JSON object in it.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.AsMemory(start, end + 1 - start), Forgiving);
            return Plan(document.RootElement, shown);
        }
        catch (JsonException e)
        {
            throw new FormatException($"It is not valid JSON at line {e.LineNumber + 1}.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("A text in it is not well-formed Unicode.", e);
        }
    }

    private static EditPlan Plan(JsonElement root, int shown)
    {
        if (!root.TryGetProperty("edits", out JsonElement list) || list.ValueKind is not JsonValueKind.Array)
        {
            throw new FormatException("\"edits\" must be a list.");
        }

        bool alsoNew = root.TryGetProperty("also_new", out JsonElement flag) && flag.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw new FormatException("\"also_new\" must be true or false."),
        };
        ImmutableArray<MemoryEdit> edits = [.. list.EnumerateArray().Select((edit, i) => Edit(edit, $"edits[{i}]", shown))];
        return edits.DistinctBy(edit => edit.Memory).Count() == edits.Length ? new EditPlan(edits, alsoNew) : throw new FormatException("A memory may be changed only once.");
    }

    private static MemoryEdit Edit(JsonElement edit, string at, int shown)
    {
        if (edit.ValueKind is not JsonValueKind.Object)
        {
            throw new FormatException($"{at} must be an object.");
        }

        EditKind kind = Text(edit, "action") switch
        {
            "replace" => EditKind.Replace,
            "supplement" => EditKind.Supplement,
            "forget" => EditKind.Forget,
            _ => throw new FormatException($"{at}.action must be replace, supplement or forget."),
        };
        if (!edit.TryGetProperty("memory", out JsonElement place) || place.ValueKind is not JsonValueKind.Number || !place.TryGetInt32(out int memory) || memory < 0 || memory >= shown)
        {
            throw new FormatException(shown == 0 ? "No memory was shown, so \"edits\" must be empty." : $"{at}.memory must be a number from 0 to {shown - 1}.");
        }

        string text = Text(edit, "text")?.Trim() ?? "";
        return (kind is EditKind.Forget) == (text.Length == 0) && text.Length <= MessageRules.MaximumTextLength ? new MemoryEdit(kind, memory, text)
            : throw new FormatException($"{at}.text must hold the words for replace and supplement, and nothing for forget.");
    }

    private static string? Text(JsonElement edit, string name) => edit.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
