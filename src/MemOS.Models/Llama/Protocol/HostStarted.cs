namespace MemOS.Models.Llama.Protocol;

/// <summary>What a host says when its model is loaded or cannot be: one line of JSON on its standard output.</summary>
internal sealed record HostStarted
{
    /// <summary>The model, where it is loaded.</summary>
    public ModelDescription? Model { get; init; }

    /// <summary>Why not, where it is not.</summary>
    public FailedReply? Failure { get; init; }
}
