using System.Text.Json;

namespace MemOS.Models.Llama.Protocol;

/// <summary>What a host says when its model is loaded or cannot be: one line of JSON on its standard output.</summary>
internal sealed record HostStarted
{
    /// <summary>The version of this program; host and parent speak the same protocol where it is the same.</summary>
    public static string OwnVersion { get; } = typeof(HostStarted).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>The version of the host.</summary>
    public string? Version { get; init; }

    /// <summary>The model, where it is loaded.</summary>
    public ModelDescription? Model { get; init; }

    /// <summary>Why not, where it is not.</summary>
    public FailedReply? Failure { get; init; }

    /// <summary>Reads such a line; of another program's output nothing is understood.</summary>
    public static HostStarted Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ProtocolJson.Default.HostStarted) ?? new HostStarted();
        }
        catch (JsonException)
        {
            return new HostStarted();
        }
    }
}
