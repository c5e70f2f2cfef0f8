using System.Text.Json.Serialization;

namespace MemOS.Models.Llama;

/// <summary>Why an answer ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GenerationEnd>))]
public enum GenerationEnd
{
    /// <summary>The model said so, or a stop text came.</summary>
    Finished = 0,

    /// <summary>It became as long as it may.</summary>
    Length = 1,
}
