using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace MemOS.Server.OpenAI;

/// <summary>Passes the server-sent events of a completion on, byte for byte and line by line, and gathers what the model says.</summary>
internal sealed class CompletionStream(PipeWriter output)
{
    private readonly StringBuilder _words = new();

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

        _words.Append(UpstreamAnswer.Piece(UpstreamAnswer.TryParse(text)));
        return false;
    }

    private void Write(ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            output.Write(segment.Span);
        }
    }
}
