namespace MemOS.Models.Remote;

/// <summary>A model behind an endpoint that speaks OpenAI's protocol.</summary>
public sealed record RemoteModelOptions
{
    /// <summary>The base address, such as <c>http://127.0.0.1:8080/v1</c>.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The name of the model, as the endpoint knows it.</summary>
    public required string Model { get; init; }

    /// <summary>The key, where the endpoint wants one. It is never logged.</summary>
    public string? Key { get; init; }

    /// <summary>How long one try may take up to the beginning of the answer. Default 100 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How often a request is tried again when the endpoint is busy or not there. Default 3.</summary>
    public int Retries { get; init; } = 3;
}
