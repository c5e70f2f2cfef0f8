using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MemOS.Server.OpenAI;

/// <summary>Passes the server-sent events of a completion on, byte for byte and line by line, and gathers what the model says.</summary>
/// <param name="output">Where to.</param>
/// <param name="told">Added as an event of its own before the last line: what the answer was given from memory.</param>
internal sealed class CompletionStream(PipeWriter output, JsonObject told)
{
    private readonly StringBuilder _words = new();
    private JsonObject? _last;

    /// <summary>What the model said so far; null for nothing.</summary>
    public string? Words => _words.Length == 0 ? null : _words.ToString();

    /// <summary>Copies the stream.</summary>
    /// <param name="upstream">Where it comes from.</param>
    /// <param name="onComplete">Called once when the model has said everything, before the client is told so.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task CopyAsync(Stream upstream, Func<Task> onComplete, CancellationToken cancellationToken)
    {
        PipeReader reader = PipeReader.Create(upstream, new StreamPipeReaderOptions(leaveOpen: true));
        bool complete = false;
        while (true)
        {
            ReadResult read = await reader.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> left = read.Buffer;
            while (left.PositionOf((byte)'\n') is { } end)
            {
                ReadOnlySequence<byte> line = left.Slice(0, left.GetPosition(1, end));
                if (!complete && Take(line))
                {
                    complete = true;
                    await onComplete();
                    Tell();
                }

                Write(line);
                left = left.Slice(line.End);
            }

            if (read.IsCompleted)
            {
                Write(left);
                if (!complete)
                {
                    await onComplete(); // an endpoint that ends without saying so
                    Tell();
                }

                await output.FlushAsync(cancellationToken);
                break;
            }

            await output.FlushAsync(cancellationToken);
            reader.AdvanceTo(left.Start, left.End);
        }

        await reader.CompleteAsync();
    }

    /// <summary>Reads a line; true for the one that says that all is said.</summary>
    private bool Take(ReadOnlySequence<byte> line)
    {
        ReadOnlySpan<byte> text = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (!text.StartsWith("data:"u8))
        {
            return false;
        }

        text = text["data:"u8.Length..].Trim(" \r\n"u8);
        if (text.SequenceEqual("[DONE]"u8))
        {
            return true;
        }

        JsonObject? chunk = UpstreamAnswer.TryParse(text);
        _words.Append(UpstreamAnswer.Piece(chunk));
        _last = chunk ?? _last;
        return false;
    }

    // A chunk like the others, with nothing to say in its choice: who does not know the field reads over it.
    private void Tell()
    {
        JsonObject chunk = new() { ["id"] = _last?["id"]?.DeepClone(), ["object"] = "chat.completion.chunk", ["created"] = _last?["created"]?.DeepClone(), ["model"] = _last?["model"]?.DeepClone() };
        chunk["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = new JsonObject(), ["finish_reason"] = null });
        chunk["memos"] = told.DeepClone();
        output.Write("data: "u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(chunk));
        output.Write("\n\n"u8);
    }

    private void Write(ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            output.Write(segment.Span);
        }
    }
}
