using System.Text.Json;

namespace MemOS.Server.Mcp.Stdio;

/// <summary>The requests that were read and not answered yet, told by the lines that came and went. Safe from any thread.</summary>
internal sealed class OpenRequests
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _open = [];
    private TaskCompletionSource _none = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes note of a line that the client sent.</summary>
    public void Read(ReadOnlyMemory<byte> line) => Note(line, (id, method, message) =>
    {
        if (method is not null && id is not null)
        {
            _open.Add(id);
        }
        else if (method == "notifications/cancelled" && message.TryGetProperty("params", out JsonElement about) && about.ValueKind is JsonValueKind.Object)
        {
            Close(IdOf(about, "requestId")); // nobody waits for its answer, and none may come
        }
    });

    /// <summary>Takes note of a line that went out.</summary>
    public void Wrote(ReadOnlyMemory<byte> line) => Note(line, (id, method, _) => Close(method is null ? id : null));

    /// <summary>Waits until every request has its answer.</summary>
    public Task NoneAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _open.Count == 0 ? Task.CompletedTask : _none.Task.WaitAsync(cancellationToken);
        }
    }

    private void Close(string? id)
    {
        if (id is not null && _open.Remove(id) && _open.Count == 0)
        {
            _none.TrySetResult();
            _none = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void Note(ReadOnlyMemory<byte> line, Action<string?, string?, JsonElement> note)
    {
        try
        {
            using JsonDocument message = JsonDocument.Parse(line);
            if (message.RootElement.ValueKind is JsonValueKind.Object)
            {
                string? method = message.RootElement.TryGetProperty("method", out JsonElement name) && name.ValueKind is JsonValueKind.String ? name.GetString() : null;
                lock (_gate)
                {
                    note(IdOf(message.RootElement, "id"), method, message.RootElement);
                }
            }
        }
        catch (JsonException)
        {
            // No message: the transport says so, and no answer is owed.
        }
    }

    // What the protocol takes for an id: a text or a whole number.
    private static string? IdOf(JsonElement message, string name) =>
        message.TryGetProperty(name, out JsonElement id) && (id.ValueKind is JsonValueKind.String || (id.ValueKind is JsonValueKind.Number && id.TryGetInt64(out _))) ? id.GetRawText() : null;
}
