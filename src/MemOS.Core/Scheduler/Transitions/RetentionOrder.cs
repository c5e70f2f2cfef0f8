using System.Text.Json.Serialization;

namespace MemOS.Scheduler.Transitions;

/// <summary>What makes a KV state worth more than another when not all can stay.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RetentionOrder>))]
public enum RetentionOrder
{
    /// <summary>The one that was used later.</summary>
    LeastRecentlyUsed = 0,

    /// <summary>The one that is nearer to what the conversation is about.</summary>
    Similarity = 1,

    /// <summary>The one with a tag that stands earlier in <see cref="TransitionPolicy.Labels"/>; none counts least.</summary>
    Labels = 2,
}
