using System.Text.Json.Nodes;
using MemOS.Cubes;
using MemOS.Server.Compat.Wire;

namespace MemOS.Server.Compat.OpenMem;

/// <summary>Which of the lists of this wire are wanted. Without <c>include_memory_view</c> events stand among the facts, where every client reads them; with <c>event</c> in it, in a list of their own.</summary>
/// <param name="Facts">Whether facts are.</param>
/// <param name="Preferences">Whether preferences are.</param>
/// <param name="Tools">Whether tool memories are.</param>
/// <param name="Events">Whether events are, in their own list.</param>
internal sealed record OpenMemLists(bool Facts, bool Preferences, bool Tools, bool Events)
{
    private static readonly string[] Views = ["detail_factual", "preference", "skill", "profile", "event", "tool_memory"];

    /// <summary>Reads what is wanted.</summary>
    /// <param name="body">The body.</param>
    /// <param name="toolsByDefault">Whether tool memories are wanted where nothing is said of them.</param>
    /// <exception cref="BodyFaultException">A view is not known.</exception>
    public static OpenMemLists Read(WireBody body, bool toolsByDefault)
    {
        IReadOnlyList<string>? views = body.Texts("include_memory_view");
        if (views?.FirstOrDefault(view => !Views.Contains(view)) is { } unknown)
        {
            throw new BodyFaultException("include_memory_view", $"'{unknown}' is no view; there are {string.Join(", ", Views)}.");
        }

        return views is null
            ? new OpenMemLists(true, body.Flag("include_preference", true), body.Flag("include_tool_memory", toolsByDefault), false)
            : new OpenMemLists(views.Contains("detail_factual"), views.Contains("preference"), views.Contains("tool_memory"), views.Contains("event"));
    }

    /// <summary>The answer: all lists, those not wanted empty.</summary>
    public static JsonObject Data(JsonArray facts, JsonArray preferences, JsonArray tools, JsonArray events, string note) => new()
    {
        ["memory_detail_list"] = facts,
        ["preference_detail_list"] = preferences,
        ["tool_memory_detail_list"] = tools,
        ["skill_detail_list"] = new JsonArray(),
        ["profile_detail_list"] = new JsonArray(),
        ["event_detail_list"] = events,
        ["message_detail_list"] = null,
        ["preference_note"] = note,
    };

    /// <summary>Whether a cube belongs to the list of facts.</summary>
    public bool IsFact(MemCube cube) => OpenMemItems.View(cube) is "detail_factual" || (!Events && OpenMemItems.View(cube) is "event");
}
